namespace Sync.Net.Coordination;

// Messages and contributions outlive the server. Who waited in a round that was met may have heard so, and is never let through that
// round again: it is in the next one.
internal sealed partial class BoardSession
{
    public void Restore(KeptMessage kept)
    {
        Group.KeptBytes += kept.Message.Bytes;
        _board.Append(kept.Message).Restore(kept.Round, isMet: false);
    }

    public void Restore(KeptRound kept)
    {
        foreach (string member in kept.Members) _board.FindOrAdd(member).Restore(kept.Round, isMet: true);
    }

    /// <summary>The message is there; a sync waits for its round, unless that was met.</summary>
    public override void EnterAgain(Member member, Request request, in Enter enter, Turn turn)
    {
        BoardMember? sender = _board.Find(member.Id);
        if (enter.Ask!.Act != Wire.Act.Sync || sender is null) base.EnterAgain(member, request, enter, turn);
        else if (sender.Round > sender.Contributed) turn.Answer(request, _board.Show(0, null, turn.Now));
        else if (FaultOfSync(member, sender) is { } fault) turn.Answer(request, Refusal(fault));
        else WaitAgain(request, sender, turn);
    }

    private void WaitAgain(Request request, BoardMember sender, Turn turn)
    {
        SyncWait wait = Wait(request, sender.Round);
        Judge(wait.Round, turn);
        if (request.IsOpen) Stay(wait, sender, turn);
    }
}
