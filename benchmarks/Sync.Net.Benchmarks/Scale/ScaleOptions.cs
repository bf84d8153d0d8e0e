namespace Sync.Net.Benchmarks.Scale;

/// <param name="Parts">What is measured.</param>
/// <param name="Connections">Separate connections, a member each.</param>
/// <param name="Members">Members that share processes.</param>
/// <param name="Processes">Those they share.</param>
/// <param name="Joining">How many members of a process join at once.</param>
/// <param name="Rounds">Rounds that count; half as many come before.</param>
/// <param name="Alternations">Runs of each.</param>
internal sealed record ScaleOptions(
    IReadOnlyList<ScalePart> Parts, int Connections, int Members, int Processes, int Joining, int Rounds, int Alternations, string? JsonFile)
{
    public static ScaleOptions Parse(ReadOnlySpan<string> words)
    {
        var parts = new List<ScalePart>();
        while (words is [var word, ..] && !word.StartsWith("--", StringComparison.Ordinal))
        {
            words = words[1..];
            if (char.IsAsciiDigit(word[0]) || !Enum.TryParse(word, ignoreCase: true, out ScalePart part)) throw new UsageException($"there is no part '{word}'");
            parts.Add(part);
        }
        if (parts.Count == 0) parts.AddRange(Enum.GetValues<ScalePart>());
        var arguments = new Arguments(words);
        var options = new ScaleOptions(
            parts,
            arguments.TakeNumber("--connections", 10_000, least: 2),
            arguments.TakeNumber("--members", 100_000, least: 2),
            arguments.TakeNumber("--processes", 4, least: 1),
            arguments.TakeNumber("--joining", 256, least: 1),
            arguments.TakeNumber("--rounds", 20, least: 1),
            arguments.TakeNumber("--alternations", 3, least: 1),
            arguments.TakeText("--json"));
        arguments.ExpectNothingElse();
        return options;
    }
}

internal enum ScalePart
{
    /// <summary>What an idle connection costs the server.</summary>
    Idle,

    /// <summary>A connection each, in one C process.</summary>
    Connections,

    /// <summary>Many members in few processes of the library.</summary>
    Members,
}
