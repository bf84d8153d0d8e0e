namespace Sync.Net.Benchmarks.Peers;

/// <param name="Parts">Which peers; all when none is named.</param>
/// <param name="Members">Sizes of the group; null for each part's own.</param>
/// <param name="Alternations">How many turns.</param>
/// <param name="IsJit">Members in C# are compiled while they run.</param>
/// <param name="HasServer">Our server is a process of its own, as the peers' are.</param>
/// <param name="JsonFile">Where the rows go.</param>
internal sealed record PeersOptions(
    IReadOnlyList<string> Parts, IReadOnlyList<int>? Members, int Alternations, bool IsJit, bool HasServer, string? JsonFile)
{
    public static PeersOptions Parse(ReadOnlySpan<string> words)
    {
        int named = 0;
        while (named < words.Length && !words[named].StartsWith('-')) named++;
        string[] parts = named > 0 ? words[..named].ToArray() : [.. PeerParts.Names];
        foreach (string part in parts)
        {
            if (!PeerParts.Names.Contains(part, StringComparer.Ordinal))
                throw new UsageException($"there is no peer '{part}': name some of {string.Join(", ", PeerParts.Names)}");
        }
        var arguments = new Arguments(words[named..]);
        IReadOnlyList<int> members = arguments.TakeNumbers("--members", [], least: 2);
        var options = new PeersOptions(
            parts,
            members.Count > 0 ? members : null,
            arguments.TakeNumber("--alternations", 5, least: 1),
            IsSecond(arguments, "--runtime", "native", "jit"),
            IsSecond(arguments, "--server", "member", "apart"),
            arguments.TakeText("--json"));
        arguments.ExpectNothingElse();
        return options;
    }

    /// <summary>Of two words, the first is the usual one.</summary>
    private static bool IsSecond(Arguments arguments, string name, string usual, string other)
    {
        string word = arguments.TakeText(name) ?? usual;
        return word == other || (word == usual ? false : throw new UsageException($"{name} is '{word}': write {usual} or {other}"));
    }
}
