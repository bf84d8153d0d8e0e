using System.Globalization;

namespace Sync.Net.Cli.CommandLine;

/// <summary>Numbers, lists and pairs as operands and options write them.</summary>
internal static class Operands
{
    /// <summary>The first = splits, whatever the key and the value hold besides.</summary>
    /// <exception cref="UsageException">There is no =, or no key, or a key twice.</exception>
    public static Dictionary<string, string> Pairs(IEnumerable<string> texts)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new UsageException($"'{text}' is no KEY=VALUE");
            if (equals == 0) throw new UsageException($"'{text}' has no key before its =");
            if (!pairs.TryAdd(text[..equals], text[(equals + 1)..])) throw new UsageException($"the key '{text[..equals]}' is given twice");
        }
        return pairs;
    }

    public static string[] List(string text) => text.Split(',');

    /// <exception cref="UsageException">It is no whole number of that range.</exception>
    public static int Number(string text, string what, int least, int most = int.MaxValue)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        string range = most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        throw new UsageException($"{what} is '{text}': write a whole number {range}");
    }
}
