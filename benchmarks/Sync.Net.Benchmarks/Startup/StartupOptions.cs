namespace Sync.Net.Benchmarks.Startup;

internal sealed record StartupOptions(int Rounds, int WarmUpRounds, string? ToolFile, string? JsonFile)
{
    public static StartupOptions Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments(words);
        var options = new StartupOptions(
            arguments.TakeNumber("--rounds", 200, least: 1),
            arguments.TakeNumber("--warm-up", 20, least: 1),
            arguments.TakeText("--tool"),
            arguments.TakeText("--json"));
        arguments.ExpectNothingElse();
        return options;
    }
}
