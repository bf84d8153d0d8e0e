using System.Globalization;
using System.Text.Json.Serialization;

namespace Sync.Net.Cli.Bench;

/// <summary>What all sides of a measurement agree on, and which part of it this host has.</summary>
internal sealed record BenchPlan
{
    public required string Endpoint { get; init; }

    public required string Group { get; init; }

    /// <summary>All hosts that take part; this one alone as a rule.</summary>
    public required string[] Hosts { get; init; }

    public required string Host { get; init; }

    /// <summary>How many members each host has.</summary>
    public required int Members { get; init; }

    public required int Processes { get; init; }

    public required int WarmUpRounds { get; init; }

    public required int Rounds { get; init; }

    /// <summary>What each member gives in a round; null for a barrier.</summary>
    public int? Bytes { get; init; }

    /// <summary>What is left of the command's timeout.</summary>
    public TimeSpan? Timeout { get; init; }

    [JsonIgnore]
    public int AllMembers => Members * Hosts.Length;

    [JsonIgnore]
    public string[] Roster => [.. from host in Hosts from index in Enumerable.Range(0, Members) select IdOf(host, index)];

    /// <summary>Of what must be the same everywhere.</summary>
    [JsonIgnore]
    public string Terms => string.Create(
        CultureInfo.InvariantCulture, $"--members {Members} --rounds {Rounds} --warm-up {WarmUpRounds}{(Bytes is { } bytes ? $" --data {bytes}" : "")}");

    public string IdOf(int index) => IdOf(Host, index);

    /// <summary>The members of a process: where they begin, and how many.</summary>
    public (int First, int Count) PartOf(int process)
    {
        int first = (int)((long)Members * process / Processes);
        return (first, (int)((long)Members * (process + 1) / Processes) - first);
    }

    public bool IsHere(string member) => member.StartsWith(Host + "#", StringComparison.Ordinal);

    private static string IdOf(string host, int index) => string.Create(CultureInfo.InvariantCulture, $"{host}#{index + 1}");
}
