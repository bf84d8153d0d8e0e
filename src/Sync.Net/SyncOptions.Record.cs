namespace Sync.Net;

public sealed partial class SyncOptions
{
    /// <summary>A file that gets a JSON line for each call that has ended. Default null: no record.</summary>
    /// <remarks>
    /// For <see cref="SyncGroup"/>, <see cref="Barrier"/> and <see cref="SyncData{T}"/>; the fields are in docs/cli.md. Made if it is not there, and only
    /// ever appended to, a line in one write, so that processes and members of a machine may share it. The line is there before the call returns. It holds
    /// neither values nor keys. Where a line can't be written the call goes on, with a warning in the log. Source: LAVA, which records each call
    /// as a test case.
    /// </remarks>
    public string? RecordFile { get; set; }
}
