namespace Sync.Net.Cli;

/// <summary>What the tool's exit codes mean; docs/cli.md lists them. None is one that shells give of themselves (126 to 165).</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for really happened.</summary>
    public const int Success = 0;

    /// <summary>It did not, or there is nothing to print; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the environment is not usable (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>A value can't be written or read as what it should be (EX_DATAERR).</summary>
    public const int Payload = 65;

    /// <summary>What was met holds no such key (EX_NOINPUT).</summary>
    public const int NoSuchKey = 66;

    /// <summary>A fault of the tool itself (EX_SOFTWARE).</summary>
    public const int Internal = 70;

    /// <summary>A file, or standard input or output, can't be read or written (EX_IOERR).</summary>
    public const int InputOutput = 74;

    /// <summary>The server was lost: undecided, others may have passed (EX_PROTOCOL, as Emulab's).</summary>
    public const int ServerLost = 76;

    /// <summary>The server refused: the key, a stranger, a duplicate, a limit (EX_NOPERM).</summary>
    public const int Refused = 77;

    public const int MemberLost = 81;

    public const int MemberLeft = 82;

    public const int MemberFailed = 83;

    public const int Aborted = 84;

    public const int Mismatch = 85;

    public const int Deadlock = 86;

    public const int Cleared = 87;

    /// <summary>Not met in time, as timeout(1) has it.</summary>
    public const int Timeout = 124;

    /// <summary>What a shell says of a command that it can't start.</summary>
    public const int CannotStart = 126;

    /// <summary>What a shell says of a command that it can't find.</summary>
    public const int NotFound = 127;

    /// <summary>A signal's number is added to this, as shells do.</summary>
    public const int Signalled = 128;

    public static int Of(SyncFailureKind kind) => kind switch
    {
        SyncFailureKind.Timeout => Timeout,
        SyncFailureKind.MemberLost => MemberLost,
        SyncFailureKind.MemberLeft => MemberLeft,
        SyncFailureKind.MemberFailed => MemberFailed,
        SyncFailureKind.Aborted => Aborted,
        SyncFailureKind.Mismatch => Mismatch,
        SyncFailureKind.Deadlock => Deadlock,
        SyncFailureKind.Cleared => Cleared,
        SyncFailureKind.ServerLost => ServerLost,
        SyncFailureKind.Refused => Refused,
        SyncFailureKind.Payload => Payload,
        _ => Failure,
    };
}
