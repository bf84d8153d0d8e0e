using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

// What members record of their calls themselves, where the server is not seen.
internal sealed partial class RunEngine
{
    /// <summary>Of a server that is not seen here only the members themselves can tell.</summary>
    private void Record(MemberRun member, Dictionary<string, string> environment)
    {
        if (_place.IsObserved || environment.ContainsKey(CallRecords.Variable)) return;
        member.RecordFile = _records.FileOf(member);
        if (member.Plan.Host is not SshHost) environment[CallRecords.Variable] = member.RecordFile;
    }

    private SyncOptions ActionOptions(MemberRun member)
    {
        SyncOptions options = _place.OptionsOf(member.Id, member.Plan.Role);
        options.RecordFile = member.RecordFile;
        return options;
    }

    /// <summary>What it recorded of its calls, where nothing else tells of them.</summary>
    private async Task<Recorded> RecordedAsync(MemberRun member, Worker worker)
    {
        if (member.RecordFile is not { } file) return Recorded.None;
        // With its host it is gone.
        if (worker.Completion is { IsCompletedSuccessfully: true, Result.HostLost: not null }) return Recorded.None;
        try
        {
            ClockOffset? clock = await worker.TakeRecordAsync(CancellationToken.None).ConfigureAwait(false);
            return File.Exists(file) ? new Recorded([.. RecordedWaits.Read(file, _place.Group, member.Id, clock)], clock, null) : new Recorded([], clock, null);
        }
        catch (Exception e) when (e is HostException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return Recorded.None with { Fault = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    /// <summary>A member's waits by its own record, and how its host's clock differs.</summary>
    private sealed record Recorded(IReadOnlyList<WaitRecord> Waits, ClockOffset? Clock, string? Fault)
    {
        public static Recorded None { get; } = new([], null, null);
    }
}
