using System.Globalization;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>What one process of many members does; handed over as words of its command line.</summary>
internal sealed record ManyMembersPlan(int Process, int First, int Count, int Members, int Rounds, int Joining, string Endpoint, string Directory)
{
    public IEnumerable<string> Roster => Enumerable.Range(0, Members).Select(IdOf);

    public string[] ToWords() =>
        [.. new[] { Process, First, Count, Members, Rounds, Joining }.Select(static number => number.ToString(CultureInfo.InvariantCulture)), Endpoint, Directory];

    public static ManyMembersPlan Parse(IReadOnlyList<string> words)
    {
        int[] numbers = [.. words.Take(6).Select(static word => int.Parse(word, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], words[6], words[7]);
    }

    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"m{index:D6}");
}
