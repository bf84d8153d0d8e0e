using System.Globalization;
using System.Text.Json;
using Sync.Net.Configuration;

namespace Sync.Net.Runner.Plans;

/// <summary>Reads an object's values as what they should be; what is not so, and names that nobody asked for, become faults.</summary>
internal sealed class PlanObject
{
    private readonly string _source;
    private readonly PlanFaults _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public PlanObject(PlanNode node, string source, PlanFaults faults)
    {
        Node = node;
        _source = source;
        _faults = faults;
        if (!node.IsObject) Fault(node, $"is {node.Word}: write an object {{ … }}");
    }

    public PlanNode Node { get; }

    public void Fault(PlanNode node, string text) => _faults.Add(_source, node, text);

    public PlanObject Inner(PlanNode node) => new(node, _source, _faults);

    /// <summary>The value of a name; null if it is not there, or JSON's null.</summary>
    public PlanNode? Find(string name)
    {
        _known.Add(name);
        return Node.Members.GetValueOrDefault(name) is { Kind: not JsonTokenType.Null } value ? value : null;
    }

    public string? Text(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.IsText && value.Text.Length > 0) return value.Text;
        Fault(value, value.IsText ? "is empty: leave it out, or write a text" : $"is {value.Word}: write a text");
        return null;
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } value) return false;
        if (value.Kind is JsonTokenType.True or JsonTokenType.False) return value.Kind == JsonTokenType.True;
        Fault(value, $"is {value.Word}: write true or false");
        return false;
    }

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Find(name) is not { } value) return otherwise;
        bool isNumber = value.Kind == JsonTokenType.Number;
        if (isNumber && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        Fault(value, string.Create(CultureInfo.InvariantCulture, $"is {(isNumber ? value.Text : value.Word)}: write a whole number from {least} to {most}"));
        return otherwise;
    }

    /// <summary>Seconds as a number, or a text such as <c>90</c>, <c>5m</c>, <c>1h30m</c>; null if it is not there, or infinite.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Find(name) is not { } value) return null;
        bool isWritten = value.IsText || value.Kind == JsonTokenType.Number;
        if (isWritten && DurationText.TryParse(value.Text, out TimeSpan time)) return time == Timeout.InfiniteTimeSpan ? null : time;
        Fault(value, $"is {(isWritten ? $"'{value.Text}'" : value.Word)}: write seconds such as 90, or \"5m\", \"1h30m\", \"infinite\"");
        return null;
    }

    /// <summary>A list of texts; empty if it is not there.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value) return [];
        if (!value.IsArray) Fault(value, $"is {value.Word}: write a list of texts [ \"…\" ]");
        foreach (PlanNode item in value.Items.Where(static item => !item.IsText)) Fault(item, $"is {item.Word}: write a text");
        return [.. value.Items.Where(static item => item.IsText).Select(static item => item.Text)];
    }

    /// <summary>Names with texts (numbers are taken as they are written); empty if it is not there.</summary>
    public Dictionary<string, string> Pairs(string name)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(name) is not { } value) return pairs;
        if (!value.IsObject) Fault(value, $"is {value.Word}: write an object of names and texts");
        foreach ((string key, PlanNode item) in value.Members)
        {
            if (item.Kind is JsonTokenType.String or JsonTokenType.Number) pairs[key] = item.Text;
            else Fault(item, $"is {item.Word}: write a text");
        }
        return pairs;
    }

    /// <summary>Comes last: what was not asked for is a mistake, most likely of spelling.</summary>
    public void RefuseOthers()
    {
        foreach ((string name, PlanNode value) in Node.Members)
        {
            if (_known.Contains(name)) continue;
            string remedy = Spelling.Nearest(name, _known) is { } near ? $"write '{near}'" : $"there is {string.Join(", ", _known.Order(StringComparer.Ordinal))}";
            Fault(value, $"there is no '{name}' here; {remedy}");
        }
    }
}
