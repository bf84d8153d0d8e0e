using Microsoft.Extensions.Logging;

namespace Sync.Net.Runner.Engine;

/// <summary>A run's options as they were when it began.</summary>
internal sealed record RunSettings
{
    public required string Name { get; init; }

    public required TimeSpan? Timeout { get; init; }

    public required string? Folder { get; init; }

    public required bool IsOpen { get; init; }

    public required string Listen { get; init; }

    public required string? Advertise { get; init; }

    public required string? Endpoint { get; init; }

    public required string? Master { get; init; }

    public required string? Key { get; init; }

    public required TimeSpan LostRunnerTimeout { get; init; }

    public required ILoggerFactory? LoggerFactory { get; init; }

    public required Action<RunEvent>? Progress { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <exception cref="InvalidOperationException">The run can't go; the text names what and the remedy.</exception>
    public void Check(IReadOnlyList<MemberPlan> members)
    {
        if (FaultIn(members) is { } fault) throw new InvalidOperationException($"The run '{Name}' can't start: {fault}");
    }

    private string? FaultIn(IReadOnlyList<MemberPlan> members)
    {
        if (members.Count == 0) return "it has no members: Add some.";
        if (Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(49)))
            return $"Timeout is {timeout:c}: use more than zero and at most 49 days, or null.";
        if (LostRunnerTimeout <= TimeSpan.Zero) return $"LostRunnerTimeout is {LostRunnerTimeout:c}: use more than zero.";
        if (Endpoint is not null && Master is not null) return "Endpoint and Master are both set: unset one of them.";
        if (Folder is not null && Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any())
            return $"the folder '{Folder}' is not empty: name a new one.";
        if (Folder is not null && File.Exists(Folder)) return $"'{Folder}' is a file: name a folder that is new or empty.";
        if (Master is not null && members.All(each => each.Id != Master))
            return $"Master is '{Master}', which is none of the members: {string.Join(", ", members.Select(static each => each.Id))}.";
        if (Master is not null && members.Any(each => each.Id == Master && each.StartAfter is not null))
            return $"the master '{Master}' has a start condition: it must start at once.";
        bool isOwn = Endpoint is null && Master is null;
        if (!isOwn && members.FirstOrDefault(static each => each.StartAfter is { Message: not null } or { Role: not null } or { Member: not null }) is { } waiting)
            return $"{waiting.Id} starts after others, which only a server of the runner's own can tell: leave Endpoint and Master out, or use a delay.";
        if (!isOwn && members.FirstOrDefault(static each => each.Host is Hosts.ElsewhereHost) is { } awaited)
            return $"{awaited.Id} is started by hand, which only a server of the runner's own can follow: leave Endpoint and Master out.";
        return ReachCheck.FaultOf(this, members);
    }
}
