using System.Text.Json;

namespace Sync.Net.Runner.Plans;

/// <summary>A JSON value that knows where it stands, so that a fault can be told with its line.</summary>
internal sealed class PlanNode
{
    /// <summary>What it is; <see cref="JsonTokenType.StartObject"/> and <see cref="JsonTokenType.StartArray"/> stand for the whole of it.</summary>
    public required JsonTokenType Kind { get; init; }

    public required int Line { get; init; }

    /// <summary>Names and indices from the root; empty for the root itself.</summary>
    public required string Path { get; init; }

    /// <summary>Strings: the value; all else that is no object or list: as written.</summary>
    public string Text { get; init; } = "";

    /// <summary>Objects: names and values in their order.</summary>
    public IReadOnlyDictionary<string, PlanNode> Members { get; init; } = new Dictionary<string, PlanNode>();

    public IReadOnlyList<PlanNode> Items { get; init; } = [];

    public bool IsObject => Kind == JsonTokenType.StartObject;

    public bool IsArray => Kind == JsonTokenType.StartArray;

    public bool IsText => Kind == JsonTokenType.String;

    /// <summary>The kind, for people.</summary>
    public string Word => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
