using System.Text.Json.Serialization;

namespace Sync.Net.Cli.Bench;

/// <summary>What a process of members tells the command that started it, a line of JSON each.</summary>
internal sealed record BenchTold
{
    public required BenchStep Step { get; init; }

    /// <summary>When its first member began to join, and when its last one had joined; the monotonic clock, which all processes of a machine share.</summary>
    public long JoinBegan { get; init; }

    public long JoinEnded { get; init; }

    /// <summary>For each member one after the other, and each round that counts: the time before the call and the one after it.</summary>
    public long[] Times { get; init; } = [];

    /// <summary>Of each round that counts, whether a member of this host came last.</summary>
    public bool[] LastHere { get; init; } = [];

    public int ExitCode { get; init; }

    public string? Error { get; init; }

    /// <summary>The failure's facts, as JSON.</summary>
    public string? Facts { get; init; }
}

internal enum BenchStep
{
    Ready,
    Done,
    Failed,
}

[JsonSerializable(typeof(BenchPlan))]
[JsonSerializable(typeof(BenchTold))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class BenchJson : JsonSerializerContext;
