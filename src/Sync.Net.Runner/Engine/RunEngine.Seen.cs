namespace Sync.Net.Runner.Engine;

// What the server tells of the group.
internal sealed partial class RunEngine
{
    private void OnSeen(SyncEvent seen)
    {
        // Another group of the same server, or a stranger in an open one: nothing of this run.
        if (seen.Group != _place.Group) return;
        _byId.TryGetValue(seen.Member, out MemberRun? member);
        switch (seen.Kind)
        {
            case SyncEventKind.MemberChanged:
                OnChanged(seen, member);
                break;
            case SyncEventKind.WaitBegan:
                OnWaitBegan(seen, member);
                break;
            case SyncEventKind.ClockMeasured when member is not null && !(member.Clock?.Error <= seen.ClockError):
                member.Clock = new ClockOffset(seen.ClockOffset!.Value, seen.ClockError!.Value);
                _folder?.Log.SetClock(member.Id, member.Clock);
                break;
            case SyncEventKind.WaitEnded when _waits.End(seen) is { } ended:
                Tell(new WaitEnded { At = seen.At, Wait = ended });
                break;
        }
    }

    private void OnChanged(SyncEvent seen, MemberRun? member)
    {
        var change = new MemberChange(seen.At, seen.Member, seen.State, seen.Reason);
        _changes.Add(change);
        Tell(new MemberChanged { At = seen.At, Change = change });
        if (member is null) return;
        member.State = seen.State;
        if (seen.State is MemberState.Joined) member.HasJoined = true;
        if (member.Worker is AwaitedWorker awaited)
        {
            if (seen.State == MemberState.Left) awaited.End(null);
            else if (seen.State is MemberState.Lost or MemberState.Failed) awaited.End(seen.Reason ?? "no reason is known");
        }
        TryGates();
    }

    private void OnWaitBegan(SyncEvent seen, MemberRun? member)
    {
        if (seen is { Act: "send", Session: ResultId })
        {
            foreach ((string key, string value) in seen.Data ?? new Dictionary<string, string>()) member?.Values[key] = value;
            return;
        }
        Tell(new WaitBegan { At = seen.At, Wait = _waits.Begin(seen) });
        if (seen.Act is not ("send" or "sync") || seen.SessionKind != "message" || member is null) return;
        member.Sent.Add(seen.Session!);
        TryGates();
    }
}
