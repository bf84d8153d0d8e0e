using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sync.Net.Cli.Demo;

/// <summary>What a member tells the demo, a line of JSON each.</summary>
internal sealed record DemoEvent
{
    public required DemoStep Step { get; init; }

    public required string Member { get; init; }

    /// <summary>The monotonic clock, which all processes of a machine share.</summary>
    public required long At { get; init; }

    /// <summary>The member's process.</summary>
    public int ProcessId { get; init; }

    /// <summary>Where the server is.</summary>
    public string? Endpoint { get; init; }

    public string? Session { get; init; }

    public long Generation { get; init; }

    public int Count { get; init; }

    public string? Straggler { get; init; }

    public TimeSpan Waited { get; init; }

    /// <summary>What the member gives.</summary>
    public string? Given { get; init; }

    /// <summary>What all gave, by member.</summary>
    public Dictionary<string, string>? Received { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    public string ToLine() => JsonSerializer.Serialize(this, DemoJson.Default.DemoEvent);

    /// <summary>The event of a line, or null if the line is none.</summary>
    public static DemoEvent? FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DemoJson.Default.DemoEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal enum DemoStep
{
    Started,
    Arrives,
    Met,
    Done,
    Failed,
}

[JsonSerializable(typeof(DemoEvent))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class DemoJson : JsonSerializerContext;
