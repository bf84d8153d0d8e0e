using Sync.Net.Runtime.Server;
using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

public sealed partial class SyncServerOptions
{
    /// <summary>The observer as the server calls it; null if there is none.</summary>
    internal Action<Happening>? Sights => Observer is { } observer ? happening => observer(EventOf(happening)) : null;

    private static SyncEvent EventOf(Happening happening)
    {
        var seen = new SyncEvent
        {
            At = happening.At,
            Group = happening.Group,
            Member = happening.Member,
            Role = happening.Role,
            State = happening.State,
        };
        if (happening.Kind == HappeningKind.Changed) return seen with { Kind = SyncEventKind.MemberChanged, Reason = happening.Reason };
        if (happening.Kind == HappeningKind.Clock)
            return seen with { Kind = SyncEventKind.ClockMeasured, ClockOffset = happening.Offset, ClockError = happening.Waited };
        var call = new CallContext(happening.Member, happening.Session, happening.Generation, happening.Waited);
        return seen with
        {
            Kind = happening.Kind == HappeningKind.Began ? SyncEventKind.WaitBegan : SyncEventKind.WaitEnded,
            Wait = happening.Number,
            SessionKind = happening.Session.Word,
            Session = happening.Session.Name,
            Act = EventMapper.WordOf(happening.Act),
            Generation = happening.Generation,
            Waited = happening.Waited,
            IsMet = happening.Outcome is Released,
            Straggler = (happening.Outcome as Released)?.Straggler,
            Failure = happening.Outcome is Failed failed ? FailureMapper.ToFailure(call, failed) : null,
            Data = EventMapper.DataOf(happening.Data),
        };
    }
}
