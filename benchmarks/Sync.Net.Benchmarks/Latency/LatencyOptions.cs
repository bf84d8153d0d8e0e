namespace Sync.Net.Benchmarks.Latency;

internal sealed record LatencyOptions(
    IReadOnlyList<int> Members,
    int Rounds,
    int WarmUpRounds,
    int Alternations,
    int Bytes,
    string? JsonFile)
{
    public static LatencyOptions Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments(words);
        var options = new LatencyOptions(
            arguments.TakeNumbers("--members", [2, 8], least: 2),
            arguments.TakeNumber("--rounds", 10_000, least: 1),
            arguments.TakeNumber("--warm-up", 20_000, least: 1),
            arguments.TakeNumber("--alternations", 5, least: 1),
            arguments.TakeNumber("--bytes", 64, least: 1),
            arguments.TakeText("--json"));
        arguments.ExpectNothingElse();
        return options;
    }
}
