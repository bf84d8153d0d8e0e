namespace Sync.Net.Benchmarks.Crowd;

internal sealed record CrowdOptions(int Members, int Rounds, string? ToolFile, string? JsonFile)
{
    public static CrowdOptions Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments(words);
        var options = new CrowdOptions(
            arguments.TakeNumber("--members", 500, least: 1),
            arguments.TakeNumber("--rounds", 20, least: 1),
            arguments.TakeText("--tool"),
            arguments.TakeText("--json"));
        arguments.ExpectNothingElse();
        return options;
    }
}
