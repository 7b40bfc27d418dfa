# Makes r-cox.json: Rscript r-cox.R > r-cox.json; then npx biome check --write r-cox.json lays it out.
# R with package survival (coxph, cox.zph, concordance, survfit, basehaz, predict). The data are made up by a linear
# congruential generator (Park and Miller 1988) whose integers are exact in doubles, so they are the same anywhere.

suppressMessages(library(survival))

state <- 20240917
draw <- function() {
  state <<- (16807 * state) %% 2147483647
  state / 2147483647
}

n <- 60
rows <- lapply(seq_len(n), function(i) {
  age <- round(20 + 50 * draw())
  vip <- as.integer(draw() < 0.4)
  spend <- round(1000 * draw()) / 8
  region <- c("north", "south", "west")[1 + floor(3 * draw())]
  rate <- 0.05 * exp(0.02 * (age - 45) - 0.7 * vip + 0.006 * (spend - 60))
  time <- ceiling(-log(draw()) / rate)
  limit <- ceiling(40 * draw())
  duration <- min(time, limit)
  list(duration = duration, event = as.integer(time <= limit),
       entry = if (draw() < 0.5) 0 else floor(draw() * duration),
       weight = c(0.5, 1, 2, 3.25)[1 + floor(4 * draw())],
       age = age, vip = vip, spend = spend, region = region)
})
d <- do.call(rbind, lapply(rows, as.data.frame))
# The same durations made distinct, for a case without ties.
distinct <- d$duration + seq_len(n) / 256

# --- JSON ------------------------------------------------------------------------------------------------------------
number <- function(x) ifelse(is.finite(x), sprintf("%.15g", x), "null")
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, json), collapse = ",\n"), "]"))
  if (is.list(x)) {
    parts <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ",\n"), "]"))
    return(paste0("{", paste0("\"", names(x), "\": ", parts, collapse = ",\n"), "}"))
  }
  if (is.character(x)) parts <- paste0("\"", x, "\"") else parts <- number(as.numeric(x))
  if (length(x) == 1 && !inherits(x, "AsIs")) parts else paste0("[", paste(parts, collapse = ", "), "]")
}
plain <- function(x) I(as.numeric(x))

# --- one case --------------------------------------------------------------------------------------------------------
subjects <- data.frame(age = c(30, 61), vip = c(1, 0), spend = c(100, 12.5))

curve <- function(fit, newdata, type) {
  curves <- survfit(fit, newdata = newdata, conf.type = type)
  keep <- curves$n.event > 0
  list(time = plain(curves$time[keep]), cumulativeHazard = plain(curves$cumhaz[keep]),
       survival = plain(curves$surv[keep]), logError = plain(curves$std.err[keep]),
       lower = plain(curves$lower[keep]), upper = plain(curves$upper[keep]))
}

# R's quantile() interpolates the limits; they may rise again, so the first time at a half or below is taken from them.
halved <- function(fit, newdata) {
  curve <- survfit(fit, newdata = newdata, conf.type = "log-log")
  first <- function(values) curve$time[which(values <= 0.5)[1]]
  c(first(curve$surv), first(curve$lower), first(curve$upper))
}

case <- function(name, data, ties, truncated, weighted, stratified) {
  response <- if (truncated) "Surv(entry, duration, event)" else "Surv(duration, event)"
  # R takes 0 < 0 for no observation time at all: an entry of 0 is -1 there.
  data$entry <- ifelse(data$entry == 0, -1, data$entry)
  strata <- if (stratified) " + strata(region)" else ""
  formula <- as.formula(paste(response, "~ age + vip + spend", strata))
  assign("cases", data, envir = globalenv())
  control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
  fit <- if (weighted)
    coxph(formula, cases, weights = weight, ties = ties, robust = FALSE, control = control, nocenter = NULL)
  else coxph(formula, cases, ties = ties, control = control, nocenter = NULL)
  s <- summary(fit)
  agreement <- concordance(fit, keepstrata = FALSE)
  zph <- lapply(c(km = "km", rank = "rank", identity = "identity", log = "log"), function(transform)
    unname(cox.zph(fit, transform = transform)$table))
  newdata <- subjects
  if (stratified) newdata$region <- c("north", "west")
  one <- function(i, type) curve(fit, newdata[i, , drop = FALSE], type)
  base <- basehaz(fit, centered = FALSE)
  base <- base[base$time %in% data$duration[data$event == 1], ]
  risk <- predict(fit, newdata, type = "lp", se.fit = TRUE, reference = "sample")
  list(
    name = name, ties = ties, truncated = as.integer(truncated), weighted = as.integer(weighted),
    stratified = as.integer(stratified),
    coefficients = plain(coef(fit)), variance = unname(vcov(fit)), z = plain(s$coefficients[, "z"]),
    pValues = plain(s$coefficients[, ncol(s$coefficients)]),
    limits = unname(s$conf.int[, 3:4]),
    means = plain(fit$means),
    logLikelihood = plain(fit$loglik), score = fit$score, wald = fit$wald.test,
    concordance = list(value = unname(agreement$concordance), variance = unname(agreement$var),
                       count = plain(agreement$count)),
    zph = zph,
    schoenfeld = unname(as.matrix(residuals(fit, "schoenfeld"))),
    scaled = unname(as.matrix(cox.zph(fit)$y)),
    basehaz = list(time = plain(base$time), hazard = plain(base$hazard),
                   stratum = if (stratified) as.character(base$strata)),
    curves = list(one(1, "log-log"), one(2, "log"), one(2, "plain")),
    medians = rbind(halved(fit, newdata[1, , drop = FALSE]), halved(fit, newdata[2, , drop = FALSE])),
    risk = list(fit = plain(risk$fit), error = plain(risk$se.fit))
  )
}

apart <- d
apart$duration <- distinct
cases <- NULL
results <- list(
  case("plain", d, "efron", FALSE, FALSE, FALSE),
  case("plain", d, "breslow", FALSE, FALSE, FALSE),
  case("no ties", apart, "efron", FALSE, FALSE, FALSE),
  case("truncated", d, "efron", TRUE, FALSE, FALSE),
  case("truncated", d, "breslow", TRUE, FALSE, FALSE),
  case("weighted", d, "efron", FALSE, TRUE, FALSE),
  case("weighted", d, "breslow", FALSE, TRUE, FALSE),
  case("stratified", d, "efron", FALSE, FALSE, TRUE),
  case("all", d, "efron", TRUE, TRUE, TRUE),
  case("all", d, "breslow", TRUE, TRUE, TRUE)
)
cat(json(list(
  versions = paste0(R.version.string, ", survival ", packageVersion("survival")),
  data = list(duration = plain(d$duration), distinct = plain(distinct), event = plain(d$event), entry = plain(d$entry),
              weight = plain(d$weight), age = plain(d$age), vip = plain(d$vip), spend = plain(d$spend),
              region = d$region),
  subjects = list(age = plain(subjects$age), vip = plain(subjects$vip), spend = plain(subjects$spend),
                  stratum = c("north", "west")),
  cases = results)), "\n")
