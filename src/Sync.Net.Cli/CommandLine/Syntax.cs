namespace Sync.Net.Cli.CommandLine;

/// <summary>What a verb takes.</summary>
/// <param name="Usage">The verb and its operands, as the usage line shows them.</param>
/// <param name="Least">The fewest operands.</param>
/// <param name="Most">The most operands.</param>
/// <param name="Values">Options that take a value.</param>
/// <param name="Flags">Options that take none.</param>
internal sealed record Syntax(string Usage, int Least, int Most, string[] Values, string[] Flags)
{
    /// <summary>Names the group, the member and the server: all verbs that need them take these.</summary>
    public static readonly string[] Connection =
    [
        "--endpoint", "--group", "--member", "--role", "--group-roster", "--group-roles", "--essential", "--key-file", "--timeout", "--record",
    ];

    /// <summary>What follows <c>--</c> is a command of its own, and no operands of the verb's.</summary>
    public bool TakesCommand { get; init; }

    /// <summary>A verb of a member.</summary>
    public static Syntax OfMember(string usage, int least, int most, string[]? values = null, string[]? flags = null) =>
        new(usage, least, most, [.. Connection, .. values ?? []], ["--json", "--one-wait", .. flags ?? []]);
}
