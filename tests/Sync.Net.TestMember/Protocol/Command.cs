namespace Sync.Net.TestMember.Protocol;

/// <summary>One line on standard input: something to do with the library. Each command is answered by events with its number.</summary>
internal sealed record Command
{
    public required long Id { get; init; }

    /// <summary>One of <see cref="Ops"/>.</summary>
    public required string Op { get; init; }

    /// <summary>The name of the object that the command makes or uses.</summary>
    public string? Target { get; init; }

    /// <summary>The name of a server made before, for an object that shares it.</summary>
    public string? Server { get; init; }

    public string? HostId { get; init; }

    public string? MasterId { get; init; }

    /// <summary>The tag of a barrier, or the session id of an exchange.</summary>
    public string? Session { get; init; }

    public IReadOnlyList<string>? Roster { get; init; }

    public IReadOnlyList<string>? From { get; init; }

    public double? TimeoutMs { get; init; }

    public string? Data { get; init; }

    /// <summary>What an exchange carries: text (the default), number, bytes or record.</summary>
    public string? DataType { get; init; }

    public string? Reason { get; init; }

    /// <summary>The number of the call to cancel.</summary>
    public long Call { get; init; }

    /// <summary>How many rounds, or sessions at once.</summary>
    public int Count { get; init; }

    /// <summary>The key-value pairs of a message.</summary>
    public IReadOnlyDictionary<string, string>? Pairs { get; init; }

    /// <summary>The role whose members are waited for.</summary>
    public string? Role { get; init; }

    public string? Listen { get; init; }

    public OptionFacts? Options { get; init; }
}
