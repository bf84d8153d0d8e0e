using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

/// <summary>A member's side of a group; disposing it leaves.</summary>
internal sealed class GroupTarget : ITarget
{
    private readonly SyncGroup _group;

    private GroupTarget(SyncGroup group) => _group = group;

    public static async Task<GroupTarget> JoinAsync(Command made, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        SyncOptions options = OptionMapping.ToMemberOptions(made.Options, logs);
        options.Member = made.HostId;
        return new GroupTarget(await SyncGroup.JoinAsync(options, cancellationToken));
    }

    public async Task<CallResult> CallAsync(Command command, CancellationToken cancellationToken)
    {
        TimeSpan? timeout = OptionMapping.Span(command.TimeoutMs);
        string name = command.Session ?? "";
        switch (command.Op)
        {
            case Ops.Send:
                await _group.SendAsync(name, command.Pairs, timeout, cancellationToken);
                return new CallResult();
            case Ops.Wait:
                return ResultMapping.From(await _group.WaitAsync(name, timeout, cancellationToken: cancellationToken));
            case Ops.WaitAll:
                return ResultMapping.From(await _group.WaitAllAsync(name, command.Role, timeout, cancellationToken: cancellationToken));
            case Ops.SyncAll:
                return ResultMapping.From(await _group.SyncAsync(name, command.Pairs, timeout, cancellationToken));
            case Ops.Count:
                return ResultMapping.From(await _group.CountedBarrier(name).WaitAsync(null, command.Count, timeout, cancellationToken));
            case Ops.Initialize:
                return ResultMapping.From(await _group.CountedBarrier(name).InitializeAsync(command.Count, 0, timeout, cancellationToken));
            case Ops.Rendezvous:
                return ResultMapping.From(await _group.Barrier(name).RendezvousAsync(cancellationToken));
            default:
                return await CallOfMembersAsync(command, timeout, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    private async Task<CallResult> CallOfMembersAsync(Command command, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        switch (command.Op)
        {
            case Ops.SetState:
                await _group.SetStateAsync(command.Session!, cancellationToken);
                break;
            case Ops.WaitForStates:
                await _group.WaitForStatesAsync([command.Session!], command.Roster!, StateMatch.All, timeout, cancellationToken);
                break;
            case Ops.WaitForMembers:
                await _group.WaitForMembersAsync(timeout, cancellationToken);
                break;
            case Ops.Fail:
                await _group.FailAsync(command.Reason!, cancellationToken);
                break;
            case Ops.Lost:
                await LostAsync();
                break;
            case Ops.Members:
                return new CallResult { Members = [.. _group.Members.Select(m => new GroupMemberFacts(m.Id, m.Role, m.State))] };
            default:
                throw new NotSupportedException($"A group has no '{command.Op}'.");
        }
        return new CallResult();
    }

    private async Task LostAsync()
    {
        TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registered = _group.ConnectionLost.Register(lost.SetResult);
        await lost.Task;
    }
}
