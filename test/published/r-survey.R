# Makes r-survey.json: Rscript r-survey.R > r-survey.json; then npx biome check --write r-survey.json lays it out.
# Base R only (cov, cor, lm, t.test, binom.test, chisq.test, prop.test, qf), from covariance matrices where the library
# goes over the answers. The data are R's own "attitude" (Chatterjee & Price 1977) and answers made up by a linear
# congruential generator (Park and Miller 1988) whose integers are exact in doubles, so they are the same anywhere.

state <- 20241122
draw <- function() {
  state <<- (16807 * state) %% 2147483647
  state / 2147483647
}

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
  if (is.character(x)) return(paste0("[", paste0("\"", x, "\"", collapse = ", "), "]"))
  paste0("[", paste(number(x), collapse = ", "), "]")
}
plain <- function(x) unname(as.numeric(x))

# --- Scales ----------------------------------------------------------------------------------------------------------
alphaOf <- function(C) nrow(C) / (nrow(C) - 1) * (1 - sum(diag(C)) / sum(C))
reliability <- function(scored, weights) {
  x <- scored[stats::complete.cases(scored), , drop = FALSE] %*% diag(weights)
  n <- nrow(x)
  k <- ncol(x)
  alpha <- alphaOf(cov(x))
  freedom <- c(n - 1, (n - 1) * (k - 1))
  list(completeN = n, alpha = alpha,
       feldt = 1 - (1 - alpha) * qf(c(0.975, 0.025), freedom[1], freedom[2]),
       standardized = alphaOf(cor(x)),
       itemTotal = vapply(seq_len(k), function(j) cor(x[, j], rowSums(x[, -j, drop = FALSE])), 0),
       ifDropped = vapply(seq_len(k), function(j) alphaOf(cov(x[, -j])), 0))
}
# 40 respondents, 5 items on 1 to 7; the third runs the other way; some answers are missing.
people <- 40
raw <- t(vapply(seq_len(people), function(i) {
  trait <- 2 + 4 * draw()
  vapply(1:5, function(j) {
    answer <- min(7, max(1, round(trait + 3 * (draw() - 0.5))))
    if (j == 3) answer <- 8 - answer
    if (draw() < 0.06) NA_real_ else answer
  }, 0)
}, numeric(5)))
scored <- raw
scored[, 3] <- 8 - scored[, 3]
weights <- c(1, 2, 1, 0.5, 1)
scoreOf <- function(row, w) if (mean(!is.na(row)) >= 0.5) sum((w * row)[!is.na(row)]) / sum(w[!is.na(row)]) else NA
scoring <- function(w) {
  scores <- apply(scored, 1, scoreOf, w = w)
  test <- t.test(scores)
  list(scores = plain(scores), mean = mean(scores, na.rm = TRUE), sd = sd(scores, na.rm = TRUE),
       interval = plain(test$conf.int), reliability = reliability(scored, w))
}

# --- Importance, penalty and reward ----------------------------------------------------------------------------------
n <- 120
ratings <- matrix(vapply(seq_len(n * 3), function(i) 1 + floor(5 * draw()), 0), ncol = 3, byrow = TRUE)
ratings[, 2] <- pmin(5, pmax(1, ratings[, 2] + ifelse(ratings[, 1] > 3, 1, 0)))
overall <- vapply(seq_len(n), function(i) {
  row <- ratings[i, ]
  5 - 2.5 * (row[1] <= 2) + 0.3 * (row[1] >= 5) - 0.2 * (row[2] <= 2) + 1.8 * (row[2] >= 5) + 0.4 * row[3] +
    2 * (draw() - 0.5)
}, 0)
overall <- round(overall * 8) / 8
standardized <- lm(scale(overall) ~ scale(ratings))
summarised <- summary(standardized)
dummies <- cbind(1 * (ratings <= 2), 1 * (ratings >= 5))[, c(1, 4, 2, 5, 3, 6)]
contrasts <- lm(overall ~ dummies)
V <- vcov(contrasts)[-1, -1]
b <- coef(contrasts)[-1]
asymmetry <- lapply(0:2, function(i) {
  at <- c(2 * i + 1, 2 * i + 2)
  error <- sqrt(sum(V[at, at]))
  t <- sum(b[at]) / error
  list(effect = sum(b[at]), error = error, p = 2 * pt(-abs(t), contrasts$df.residual))
})
correlations <- lapply(1:3, function(j) {
  test <- cor.test(ratings[, j], overall)
  list(estimate = plain(test$estimate), interval = plain(test$conf.int), p = test$p.value)
})

# --- Waves -----------------------------------------------------------------------------------------------------------
before <- vapply(1:30, function(i) 1 + floor(5 * draw()), 0)
after <- pmin(5, pmax(1, before + vapply(1:30, function(i) floor(3 * draw()) - 0.5 * (draw() < 0.5), 0)))
after <- floor(after)
welch <- t.test(after, before)
paired <- t.test(after, before, paired = TRUE)
gained <- sum(after >= 4 & before < 4)
lost <- sum(after < 4 & before >= 4)
mcnemar <- binom.test(gained, gained + lost)
tested <- function(test, difference) list(difference = difference, interval = plain(test$conf.int), p = test$p.value)

# --- Response --------------------------------------------------------------------------------------------------------
response <- chisq.test(rbind(c(60, 40), c(60, 240), c(33, 67)), correct = FALSE)

A <- as.matrix(attitude)
cat(json(list(
  versions = R.version.string,
  attitude = list(values = unname(A), reliability = reliability(A, rep(1, 7)), mean = mean(rowMeans(A)), sd = sd(rowMeans(A))),
  scale = list(raw = raw, equal = scoring(rep(1, 5)), weighted = scoring(weights), weights = weights),
  drivers = list(ratings = ratings, overall = overall, correlations = correlations,
                 betas = plain(coef(standardized)[-1]), betaIntervals = unname(confint(standardized)[-1, ]),
                 betaP = plain(summarised$coefficients[-1, 4]), rSquared = summarised$r.squared,
                 vif = plain(diag(solve(cor(ratings)))),
                 effects = plain(b), errors = plain(sqrt(diag(V))), effectIntervals = unname(confint(contrasts)[-1, ]),
                 effectP = plain(summary(contrasts)$coefficients[-1, 4]), asymmetry = asymmetry,
                 contrastRSquared = summary(contrasts)$r.squared),
  waves = list(before = before, after = after,
               welch = tested(welch, mean(after) - mean(before)),
               paired = tested(paired, mean(after - before)),
               mcnemar = list(gained = gained, lost = lost, p = mcnemar$p.value)),
  response = list(statistic = plain(response$statistic), p = response$p.value))), "\n")
