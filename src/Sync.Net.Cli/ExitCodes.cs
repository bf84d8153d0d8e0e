namespace Sync.Net.Cli;

/// <summary>What the tool's exit codes mean; docs/cli.md lists them.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for really happened.</summary>
    public const int Success = 0;

    /// <summary>It did not; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line is not usable (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;
}
