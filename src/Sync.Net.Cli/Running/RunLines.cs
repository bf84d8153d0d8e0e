using System.Globalization;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>What happens in a run, as lines.</summary>
internal static class RunLines
{
    public static IEnumerable<string> Of(RunEvent happened, string folder) => happened switch
    {
        RunBegan began => [$"running {began.Name}: {string.Join(", ", began.Members)}; the server is {began.Endpoint}"],
        WorkerBegan began => [$"running {began.Member}"],
        WorkerAwaited awaited => [$"start {awaited.Member} by hand, with this line there:", awaited.Line],
        WorkerLine line => [$"{line.Member}{(line.IsError ? "!" : "|")} {line.Text}"],
        WorkerEnded ended => [OfResult(ended.Result)],
        RunEnded ended => OfRun(ended.Result, folder),
        _ => [],
    };

    public static string OfResult(MemberResult result)
    {
        string time = result is { Started: { } started, Ended: { } end } ? $" ({Seconds(end - started)})" : "";
        return $"{Word(result.Verdict)} {result.Member}{time}{(result.Reason is null ? "" : $": {result.Reason}")}";
    }

    public static IEnumerable<string> OfRun(RunResult result, string folder)
    {
        // The root cause first: it is what people look for.
        foreach (MemberResult member in result.Members.Where(static member => member.Share == FailureShare.RootCause))
        {
            yield return $"root cause: {member.Member}: {member.Reason}";
        }
        yield return $"{Word(result.Verdict)} {result.Name} ({Seconds(result.Ended - result.Started)}){(result.Reason is null ? "" : $": {result.Reason}")}";
        yield return $"results: {folder}";
    }

    public static string Word(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");
}
