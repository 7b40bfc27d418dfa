# Makes r-survival.json: survival curves, cumulative hazards, quantiles, restricted means and log-rank tests of made-up
# data, by R's package survival. Run in this folder: Rscript r-survival.R
library(survival)

# Lehmer's generator modulo 2^31 - 1; all products are whole numbers below 2^53.
state <- 20240229
draw <- function(n) {
  values <- numeric(n)
  for (i in seq_len(n)) {
    state <<- (state * 48271) %% 2147483647
    values[i] <- state / 2147483647
  }
  values
}
# Times and weights are multiples of 1/8, which decimal text holds exactly.
eighths <- function(x) ceiling(8 * x) / 8

json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    fields <- vapply(names(x), function(name) paste0('"', name, '": ', json(x[[name]])), "")
    return(paste0("{", paste(fields, collapse = ", "), "}"))
  }
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, json), collapse = ", "), "]"))
  text <- if (is.character(x)) paste0('"', x, '"') else ifelse(is.finite(x), sprintf("%.17g", x), "null")
  paste0("[", paste(text, collapse = ", "), "]")
}

methods <- c(plain = "plain", log = "log", logLog = "log-log", logit = "logit", arcsine = "arcsin")
probabilities <- c(0.1, 0.25, 0.5, 0.6, 0.75, 0.9)

curve <- function(duration, event, entry = NULL, weight = NULL, level = 0.95) {
  y <- if (is.null(entry)) Surv(duration, event) else Surv(entry, duration, event)
  w <- if (is.null(weight)) rep(1, length(duration)) else weight
  fit <- function(type) survfit(y ~ 1, weights = w, robust = FALSE, conf.type = type, conf.int = level)
  base <- fit("plain")
  limits <- lapply(methods, function(type) {
    f <- fit(type)
    q <- quantile(f, probabilities)
    printed <- summary(f)$table
    list(lower = f$lower, upper = f$upper, quantile = q$quantile, quantileLower = q$lower, quantileUpper = q$upper,
         printedMedian = unname(printed[7:9]))
  })
  horizons <- c(min(base$time[base$time > 0]) / 2, median(base$time), base$time[3], max(base$time), 1.25 * max(base$time))
  # print() and summary() use this function; they refuse a horizon before the first time.
  means <- vapply(horizons, function(h) survival:::survmean(base, rmean = h)$matrix[c("rmean", "se(rmean)")], c(0, 0))
  list(level = level, duration = duration, event = event, entry = entry, weight = weight,
       time = base$time, atRisk = base$n.risk, events = base$n.event, censored = base$n.censor,
       survival = base$surv, standardError = ifelse(base$surv > 0, base$surv * base$std.err, NA),
       cumulativeHazard = base$cumhaz, hazardError = base$std.chaz,
       limits = limits, horizon = horizons, mean = means[1, ], meanError = means[2, ])
}

curves <- list()
n <- 40
life <- -10 * log(draw(n)); watched <- -15 * log(draw(n))
curves$continuous <- curve(eighths(pmin(life, watched)), as.numeric(life <= watched))

n <- 80
life <- -6 * log(draw(n)); watched <- 2 + 10 * draw(n)
duration <- ceiling(pmin(life, watched)); event <- as.numeric(life <= watched)
curves$ties <- curve(duration, event)
curves$ties90 <- curve(duration, event, level = 0.9)
curves$wholeWeights <- curve(duration, event, weight = ceiling(3 * draw(n)))
curves$fractionalWeights <- curve(duration, event, weight = eighths(3 * draw(n)))
entry <- floor(draw(n) * duration * ifelse(draw(n) < 0.6, 1, 0))
curves$lateEntry <- curve(duration, event, entry = entry)
curves$lateEntryWeights <- curve(duration, event, entry = entry, weight = eighths(3 * draw(n)))

curves$emptied <- curve(c(1, 2, 3, 4, 6, 7), c(1, 1, 1, 0, 1, 1), entry = c(0, 0, 2, 2.5, 4, 4.5))
curves$level <- curve(c(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), c(1, 1, 1, 1, 1, 0, 0, 0, 0, 0))
curves$censoredFirst <- curve(c(1, 2, 2, 3, 3, 4), c(0, 1, 0, 0, 1, 1))
curves$limitsRise <- curve(c(rep(1, 120), rep(1.5, 76), 2, 3, 4, 5), c(rep(1, 120), rep(0, 76), 1, 0, 0, 0))
curves$zeroDuration <- curve(c(0, 0, 1, 2, 2, 5), c(1, 0, 1, 1, 0, 0))
curves$noEvents <- curve(c(2, 3, 3, 5), c(0, 0, 0, 0))

n <- 1500
life <- 5 * (-log(draw(n)))^1.5; watched <- 24 * draw(n)
curves$manyTies <- curve(ceiling(pmin(life, watched)), as.numeric(life <= watched))

tested <- function(duration, event, group, stratum = NULL, entry = NULL, weight = NULL, rho = 0) {
  rows <- if (is.null(weight)) seq_along(duration) else rep(seq_along(duration), weight)
  d <- duration[rows]; e <- event[rows]; g <- group[rows]; s <- stratum[rows]; from <- entry[rows]
  input <- list(duration = duration, event = event, group = group, stratum = stratum, entry = entry,
                weight = weight, rho = rho)
  if (!is.null(entry)) {
    # survdiff refuses late entry. The score test of Cox's exact likelihood is the log-rank test, ties and all.
    f <- coxph(Surv(from, d, e) ~ factor(g), ties = "exact", control = coxph.control(iter.max = 0), init = rep(0, length(unique(g)) - 1))
    return(c(input, list(chiSquare = f$score)))
  }
  f <- if (is.null(s)) survdiff(Surv(d, e) ~ g, rho = rho) else survdiff(Surv(d, e) ~ g + strata(s), rho = rho)
  total <- function(x) if (is.matrix(x)) rowSums(x) else x
  c(input, list(names = sub("^g=", "", names(f$n)), observed = total(f$obs), expected = total(f$exp),
                covariance = f$var, chiSquare = f$chisq, pValue = f$pvalue))
}

n <- 120
group <- c("north", "south", "west")[ceiling(3 * draw(n))]
stratum <- c("new", "old")[ceiling(2 * draw(n))]
life <- -ifelse(group == "north", 5, 8) * log(draw(n)); watched <- 20 * draw(n)
duration <- ceiling(2 * pmin(life, watched)) / 2; event <- as.numeric(life <= watched)
entry <- floor(draw(n) * duration) / 2
few <- 1:45 # the exact likelihood takes minutes with more ties
two <- ifelse(group == "west", "south", group)
tests <- list(
  twoGroups = tested(duration, event, two),
  threeGroups = tested(duration, event, group),
  peto = tested(duration, event, group, rho = 1),
  half = tested(duration, event, two, rho = 0.5),
  strata = tested(duration, event, group, stratum = stratum),
  strataPeto = tested(duration, event, group, stratum = stratum, rho = 1),
  weights = tested(duration, event, group, weight = ceiling(3 * draw(n))),
  lateEntry = tested(duration[few], event[few], group[few], entry = entry[few]),
  lateEntryTwo = tested(duration[few], event[few], two[few], entry = entry[few]),
  neverAtRisk = tested(c(duration, 0.25, 0.25), c(event, 0, 0), c(group, "x", "x"))
)

versions <- list(R = R.version.string, survival = as.character(packageVersion("survival")))
block <- function(items) {
  lines <- vapply(names(items), function(name) paste0('    "', name, '": ', json(items[[name]])), "")
  paste0("{\n", paste(lines, collapse = ",\n"), "\n  }")
}
text <- paste0('{\n  "R": "', versions$R, '",\n  "survival": "', versions$survival, '",\n  "probabilities": ',
               json(probabilities), ',\n  "curves": ', block(curves), ',\n  "tests": ', block(tests), "\n}\n")
writeLines(text, "r-survival.json", sep = "")
