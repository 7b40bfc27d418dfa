# Makes r-rfm-quantile.json: Rscript r-rfm-quantile.R > r-rfm-quantile.json; then npx biome check --write r-rfm-quantile.json
# lays it out. R's own quantile() (type 7) with the rule of package rfm 0.3.0 around it: 1 is added to each cut, and the bins
# are [lower, upper). The data are made up by a linear congruential generator (Park and Miller 1988) whose integers are exact
# in doubles, so they are the same anywhere: for each n from 2 to 60 values with many ties, with some, and in quarters.

state <- 20240917
draw <- function() {
  state <<- (16807 * state) %% 2147483647
  state / 2147483647
}
kinds <- list(
  function() 1 + floor(4 * draw()),
  function() floor(30 * draw()),
  function() floor(400 * draw()) / 4
)

scores <- function(values, bins) {
  cuts <- unname(quantile(values, probs = seq(0, 1, length.out = bins + 1)))[2:bins] + 1
  lower <- c(min(values), cuts)
  upper <- c(cuts, max(values) + 1)
  score <- rep(NA, length(values))
  for (bin in seq_len(bins)) score[values >= lower[bin] & values < upper[bin]] <- bin
  stopifnot(!anyNA(score))
  list(cuts = cuts, scores = score)
}

# 17 digits: each double comes back as it was.
numbers <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
one <- function(values, bins) {
  scored <- scores(values, bins)
  paste0("{\"bins\": ", bins, ", \"values\": ", numbers(values), ", \"cuts\": ", numbers(scored$cuts),
         ", \"scores\": \"", paste(scored$scores, collapse = ""), "\"}")
}
# A sample in which the place of a cut is off by a rounding when it is counted from 0.
tied <- rep(1:4, c(5, 11, 6, 4))
cases <- one(tied, 5)
for (n in 2:60) for (kind in kinds) {
  values <- vapply(seq_len(n), function(i) kind(), 0)
  cases <- c(cases, one(values, c(3, 5, 7, 9)[1 + length(cases) %% 4]))
}
cat("{\"version\": \"", R.version.string, "\",\n\"cases\": [\n", paste(cases, collapse = ",\n"), "\n]}\n", sep = "")
