using System.Globalization;

namespace Sync.Net.Benchmarks;

/// <summary>Options of the form <c>--name value</c>, each at most once; whatever is not taken is an error.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Arguments(ReadOnlySpan<string> words)
    {
        for (int i = 0; i < words.Length; i += 2)
        {
            string name = words[i];
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"'{name}' is no option");
            if (i + 1 == words.Length) throw new UsageException($"{name} needs a value");
            if (!_values.TryAdd(name, words[i + 1])) throw new UsageException($"{name} is there twice");
        }
    }

    public string? TakeText(string name) => _values.Remove(name, out string? value) ? value : null;

    public int TakeNumber(string name, int orElse, int least)
    {
        string? text = TakeText(name);
        return text is null ? orElse : ToNumber(name, text, least);
    }

    public IReadOnlyList<int> TakeNumbers(string name, IReadOnlyList<int> orElse, int least)
    {
        string? text = TakeText(name);
        return text is null ? orElse : [.. text.Split(',').Select(part => ToNumber(name, part, least))];
    }

    public void ExpectNothingElse()
    {
        if (_values.Count > 0) throw new UsageException($"there is no option {_values.Keys.First()}");
    }

    private static int ToNumber(string name, string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new UsageException($"{name}: '{text}' is no whole number from {least}");
}
