using Sync.Net.Runner.Results;

namespace Sync.Net.Runner.Engine;

/// <summary>Members' own records of their calls, for a server of which nothing is seen here: in the run's folder, or in one that is removed after.</summary>
internal sealed class CallRecords(ResultsFolder? folder)
{
    /// <summary>What tells a member's processes of the file; a member whose own environment sets it keeps that.</summary>
    public const string Variable = "SYNC_NET_RECORD";

    private string? _temporary;

    /// <summary>Where a member's record is, once it has ended.</summary>
    public string FileOf(MemberRun member) => folder?.RecordOf(member) ?? Path.Combine(_temporary ??= Directory.CreateTempSubdirectory("sync-net-").FullName, $"{member.Number}.jsonl");

    public void Remove()
    {
        if (_temporary is null) return;
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
