using System.Globalization;

namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>What one member's process does; handed over as words of its command line.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Index">From 0.</param>
/// <param name="Members">How many there are.</param>
/// <param name="Rounds">The warm-up included.</param>
/// <param name="Port">Of the peer's server.</param>
/// <param name="Key">What all that belongs to this run is called on the server.</param>
/// <param name="Directory">Where the times go.</param>
internal sealed record PeerMemberPlan(
    PeerClient Client, int Index, int Members, int Rounds, int Port, string Key, string Directory)
{
    public string[] ToWords() =>
        [Client.ToString(), .. new[] { Index, Members, Rounds, Port }.Select(ToWord), Key, Directory];

    public static PeerMemberPlan Parse(IReadOnlyList<string> words) => new(
        Enum.Parse<PeerClient>(words[0]), ToNumber(words[1]), ToNumber(words[2]), ToNumber(words[3]), ToNumber(words[4]), words[5], words[6]);

    private static string ToWord(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int ToNumber(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
