using System.Globalization;

namespace Sync.Net.Benchmarks.Members;

/// <summary>What one member's process does; handed over as words of its command line.</summary>
internal sealed record MemberPlan(Primitive Primitive, int Index, int Members, int Rounds, int Bytes, int Port, string Directory)
{
    /// <summary>Where a server runs already; else the first member hosts it.</summary>
    public string? Endpoint { get; init; }

    /// <summary>All on one host; the ordinal first of them, index 0, hosts the server.</summary>
    public IReadOnlyList<string> Roster => [.. Enumerable.Range(0, Members).Select(IdOf)];

    public string Self => IdOf(Index);

    public string[] ToWords() =>
        [Primitive.ToString(), .. new[] { Index, Members, Rounds, Bytes, Port }.Select(ToWord), Directory, .. Endpoint is null ? (string[])[] : [Endpoint]];

    public static MemberPlan Parse(IReadOnlyList<string> words) => new(
        Enum.Parse<Primitive>(words[0]), ToNumber(words[1]), ToNumber(words[2]), ToNumber(words[3]), ToNumber(words[4]), ToNumber(words[5]), words[6])
    {
        Endpoint = words.Count > 7 ? words[7] : null,
    };

    private static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1#{index:D5}");

    private static string ToWord(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int ToNumber(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
