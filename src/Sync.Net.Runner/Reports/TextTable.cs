namespace Sync.Net.Runner.Reports;

/// <summary>Texts that stand once and are referred to by number; −1 is none.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public int Of(string? text)
    {
        if (text is null) return -1;
        if (_numbers.TryGetValue(text, out int number)) return number;
        number = _texts.Count;
        _numbers.Add(text, number);
        _texts.Add(text);
        return number;
    }
}
