using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sync.Net.Cli.Bench;

/// <summary>The figures as a table for people, and as JSON.</summary>
internal static class BenchReport
{
    public static IReadOnlyList<string> Lines(BenchPlan plan, BenchFigures figures, bool hosts)
    {
        string what = plan.Bytes is { } bytes ? Of($"an exchange of {bytes} bytes a member") : "a barrier";
        string where = plan.Hosts.Length == 1 ? "" : Of($", with {plan.AllMembers - plan.Members} of other hosts");
        return
        [
            Of($"{plan.Members} members in {plan.Processes} process{(plan.Processes == 1 ? "" : "es")} of this host{where}: {plan.Rounds} rounds of {what}, after {plan.WarmUpRounds} that don't count"),
            hosts ? $"server: {plan.Endpoint}, hosted by this command" : $"server: {plan.Endpoint}",
            "",
            Of($"{"µs",-30}{"min",11}{"p50",11}{"p90",11}{"p99",11}{"p99.9",11}{"max",11}"),
            figures.Latency is { } latency ? Row("last arrival to last release", latency) : "last arrival to last release: none, a member of another host always came last",
            Row("first release to last release", figures.Skew),
            Row("a member's call to its return", figures.Wait),
            "",
            .. figures.Latency is { } some && some.Count < plan.Rounds ? [Of($"A member of this host came last in {some.Count} of the rounds; the first row is about those.")] : (string[])[],
            Of($"joined: {plan.Members} members in {figures.JoinTime.TotalMilliseconds:F1} ms, {Rate(plan.Members, figures.JoinTime):F0} a second"),
            Of($"met: {plan.Rounds} rounds in {figures.RoundsTime.TotalSeconds:F3} s, {Rate(plan.Rounds, figures.RoundsTime):F0} a second"),
        ];
    }

    public static void Write(Utf8JsonWriter json, BenchPlan plan, BenchFigures figures)
    {
        json.WriteStartObject();
        json.WriteNumber("members", plan.AllMembers);
        json.WriteNumber("membersHere", plan.Members);
        json.WriteNumber("processes", plan.Processes);
        json.WriteNumber("hosts", plan.Hosts.Length);
        if (plan.Bytes is { } bytes) json.WriteNumber("data", bytes);
        json.WriteNumber("warmUpRounds", plan.WarmUpRounds);
        json.WriteNumber("rounds", plan.Rounds);
        json.WriteString("endpoint", plan.Endpoint);
        json.WriteString("group", plan.Group);
        Write(json, "latency", figures.Latency);
        Write(json, "skew", figures.Skew);
        Write(json, "wait", figures.Wait);
        json.WriteNumber("joinSeconds", Math.Round(figures.JoinTime.TotalSeconds, 6));
        json.WriteNumber("joinsPerSecond", Math.Round(Rate(plan.Members, figures.JoinTime), 1));
        json.WriteNumber("roundsSeconds", Math.Round(figures.RoundsTime.TotalSeconds, 6));
        json.WriteNumber("roundsPerSecond", Math.Round(Rate(plan.Rounds, figures.RoundsTime), 1));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Percentiles? spread)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", spread?.Count ?? 0);
        if (spread is not null)
        {
            json.WriteNumber("min", spread.Min);
            json.WriteNumber("p50", spread.P50);
            json.WriteNumber("p90", spread.P90);
            json.WriteNumber("p99", spread.P99);
            json.WriteNumber("p99.9", spread.P999);
            json.WriteNumber("max", spread.Max);
        }
        json.WriteEndObject();
    }

    private static string Row(string name, Percentiles of) =>
        Of($"{name,-30}{of.Min,11:F1}{of.P50,11:F1}{of.P90,11:F1}{of.P99,11:F1}{of.P999,11:F1}{of.Max,11:F1}");

    private static double Rate(int count, TimeSpan time) => count / Math.Max(time.TotalSeconds, 1e-9);

    private static string Of(ref DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
