# Makes r-logistic.json: Rscript r-logistic.R > r-logistic.json; then npx biome check --write r-logistic.json lays it out.
# Base R only (glm, pchisq, uniroot). Profile-likelihood limits are roots of the deviance with one coefficient held as an
# offset, since those of MASS are interpolated by splines. The AUC is DeLong's from all pairs. The data are R's own "infert"
# (Trichopoulos et al. 1976; read here as independent rows, its matching left aside), "mtcars" (Henderson & Velleman 1981).

number <- function(x) ifelse(is.finite(x), sprintf("%.15g", x), "null")
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, json), collapse = ",\n"), "]"))
  if (is.list(x)) return(paste0("{", paste0("\"", names(x), "\": ", vapply(x, json, ""), collapse = ",\n"), "}"))
  if (length(x) == 1) return(number(x))
  paste0("[", paste(number(x), collapse = ", "), "]")
}
tight <- glm.control(epsilon = 1e-15, maxit = 100)

# summary() and vcov() take the weights of the last step but one, 1e-7 off: here those of the coefficients themselves.
table <- function(X, fit, offset = 0) {
  p <- plogis(drop(X %*% coef(fit)) + offset)
  covariance <- unname(solve(crossprod(X, X * (p * (1 - p)))))
  se <- sqrt(diag(covariance))
  z <- unname(coef(fit)) / se
  list(rows = unname(cbind(coef(fit), se, z, 2 * pnorm(-abs(z)))), covariance = covariance)
}

limits <- function(X, y, fit, covariance, level) {
  se <- sqrt(diag(covariance))
  t(vapply(seq_len(ncol(X)), function(j) {
    at <- coef(fit)[[j]]
    vapply(c(-1, 1), function(side) {
      # From its own start glm.fit can run away to 1e15: each fit starts where the one before ended, from the maximum on in
      # small steps until the limit is passed.
      start <- coef(fit)[-j]
      over <- function(b) {
        others <- suppressWarnings(glm.fit(X[, -j, drop = FALSE], y, offset = X[, j] * b, start = start,
                                           family = binomial(), control = tight))
        stopifnot(others$converged, max(abs(coef(others))) < 1e3)
        start <<- coef(others)
        others$deviance - fit$deviance - qchisq(level, 1)
      }
      far <- at
      repeat {
        near <- far
        far <- far + side * se[j] / 20
        if (over(far) > 0) break
      }
      uniroot(over, sort(c(near, far)), tol = 1e-13 * se[j])$root
    }, 0)
  }, c(0, 0)))
}

delong <- function(score, y) {
  pair <- outer(score[y == 1], score[y == 0], function(a, b) (a > b) + (a == b) / 2)
  area <- mean(pair)
  se <- sqrt(var(rowMeans(pair)) / nrow(pair) + var(colMeans(pair)) / ncol(pair))
  list(value = area, se = se, interval = plogis(qlogis(area) + c(-1, 1) * qnorm(0.975) * se / (area * (1 - area))))
}

case <- function(data, outcome, covariates, level) {
  X <- cbind(1, as.matrix(data[, covariates]))
  y <- data[[outcome]]
  fit <- glm(y ~ X - 1, family = binomial(), control = tight)
  # deviance() of the same fit that glm.fit sees; the null deviance is that of the intercept alone.
  null <- glm(y ~ 1, family = binomial(), control = tight)
  own <- table(X, fit)
  p <- fitted(fit)
  # Probabilities that are wrong on purpose: log odds stretched by 1.5 and moved by 0.3.
  wrong <- plogis(0.3 + 1.5 * qlogis(p))
  large <- glm(y ~ 1, offset = qlogis(wrong), family = binomial(), control = tight)
  slope <- glm(y ~ qlogis(wrong), family = binomial(), control = tight)
  list(outcome = y, covariates = t(unname(as.matrix(data[, covariates]))), table = own$rows, covariance = own$covariance,
       logLik = c(logLik(null), logLik(fit)), p = pchisq(null$deviance - fit$deviance, length(covariates), lower.tail = FALSE),
       profile = limits(X, y, fit, own$covariance, level), level = level, fitted = unname(p),
       auc = delong(unname(p), y), wrong = unname(wrong), brier = mean((wrong - y)^2),
       large = table(matrix(1, length(y)), large, qlogis(wrong))$rows[1, 1:2], slope = table(cbind(1, qlogis(wrong)), slope)$rows[2, 1:2])
}

cat(json(list(
  infert = case(infert, "case", c("age", "parity", "induced", "spontaneous"), 0.95),
  mtcars = case(mtcars, "am", c("wt", "hp"), 0.9)
)), "\n")
