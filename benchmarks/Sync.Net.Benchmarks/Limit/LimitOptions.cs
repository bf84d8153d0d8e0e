using System.Globalization;

namespace Sync.Net.Benchmarks.Limit;

/// <param name="Parts">What is measured, each with the sizes that were named; none stands for the part's own.</param>
/// <param name="Alternations">Runs of each server, in turns.</param>
/// <param name="Server">The syncnet whose server is measured.</param>
/// <param name="JsonFile">Where the rows go.</param>
internal sealed record LimitOptions(IReadOnlyList<(LimitPart Part, IReadOnlyList<int> Sizes)> Parts, int Alternations, string Server, string? JsonFile)
{
    private static readonly string BuiltHere = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Sync.Net.Cli/release/syncnet"));

    public static LimitOptions Parse(ReadOnlySpan<string> words)
    {
        var parts = new List<(LimitPart, IReadOnlyList<int>)>();
        var sizes = new List<int>();
        while (words is [var word, ..] && !word.StartsWith("--", StringComparison.Ordinal))
        {
            words = words[1..];
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size >= 2 && parts.Count > 0)
            {
                sizes.Add(size);
                continue;
            }
            if (char.IsAsciiDigit(word[0]) || !Enum.TryParse(word, ignoreCase: true, out LimitPart part)) throw new UsageException($"there is no part '{word}'");
            parts.Add((part, sizes = []));
        }
        if (parts.Count == 0) parts.AddRange(Enum.GetValues<LimitPart>().Select(static part => (part, (IReadOnlyList<int>)[])));
        var arguments = new Arguments(words);
        var options = new LimitOptions(
            parts, arguments.TakeNumber("--alternations", 5, least: 1), arguments.TakeText("--server") ?? BuiltHere, arguments.TakeText("--json"));
        arguments.ExpectNothingElse();
        return options;
    }
}
