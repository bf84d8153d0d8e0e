using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Connection
{
    private void Apply(in RawFrame raw, Batch batch)
    {
        if (!_isSeated) throw new ProtocolViolationException($"{raw.Type} before the welcome");
        if (raw.Term != _server.Term) throw new ProtocolViolationException($"{raw.Type} of another term");
        _hasSpoken = true;
        switch (raw.Type)
        {
            case FrameType.Enter:
                Apply(Frames.Read<EnterFrame>(raw, _server.Wire), batch);
                break;
            case FrameType.Withdraw:
                Apply(Frames.Read<WithdrawFrame>(raw, _server.Wire), batch);
                break;
            case FrameType.Abort:
                Apply(Frames.Read<AbortFrame>(raw, _server.Wire), batch);
                break;
            case FrameType.Resume:
                Apply(Frames.Read<ResumeFrame>(raw, _server.Wire), batch);
                break;
            case FrameType.Heartbeat:
                Group.Hear(batch, this, Frames.Read<HeartbeatFrame>(raw, _server.Wire).Ack);
                break;
            case FrameType.Pong:
                PongFrame pong = Frames.Read<PongFrame>(raw, _server.Wire);
                Group.Hear(batch, this, pong.Ack);
                TakeClock(pong);
                break;
            case FrameType.Ping:
                Apply(Frames.Read<PingFrame>(raw, _server.Wire));
                break;
            case FrameType.Goodbye:
                Apply(Frames.Read<GoodbyeFrame>(raw, _server.Wire), batch);
                break;
            case FrameType.Hello or FrameType.Challenge or FrameType.Proof or FrameType.Welcome or FrameType.Refuse or FrameType.Dial or FrameType.Carry
                or FrameType.NeedRoster or FrameType.Answer or FrameType.Decision or FrameType.Part or FrameType.Closing:
                throw new ProtocolViolationException($"{raw.Type} is not a member's to send here");
            default:
                // Of a later version.
                break;
        }
    }

    private void Apply(in EnterFrame frame, Batch batch)
    {
        if (Group.Rosters.Find(frame.RosterHash, frame.Members) is not { } roster)
        {
            AskForRoster(frame.Request, frame.Ack, batch);
            return;
        }
        Roster? from = frame.From is null ? null : Group.Rosters.Intern(frame.From);
        Group.Apply(batch, this, frame.Ack, new Enter(
            Number, frame.Request, frame.Session, frame.ExpectedGeneration, frame.Flags, roster, frame.Data, frame.Contract, from, frame.Ask));
    }

    private void Apply(in AbortFrame frame, Batch batch)
    {
        if (Group.Rosters.Find(frame.RosterHash, frame.Members) is { } roster)
        {
            Group.Apply(batch, this, frame.Ack, new Abort(Number, frame.Request, frame.Session, roster, frame.Reason));
        }
        else
        {
            AskForRoster(frame.Request, frame.Ack, batch);
        }
    }

    private void Apply(in WithdrawFrame frame, Batch batch) =>
        Group.Apply(batch, this, frame.Ack, new Withdraw(Number, frame.Request, frame.Reason, frame.Waited));

    private void Apply(in ResumeFrame frame, Batch batch) => Group.Apply(batch, this, new Resumed(Number, frame.Next, frame.Open));

    private void Apply(in PingFrame frame)
    {
        Enqueue(FrameBytes.Of(_server.Term, new PongFrame(frame.Token, Ack: 0)), shared: false);
        Dispatch();
    }

    private void Apply(in GoodbyeFrame frame, Batch batch)
    {
        Group.Apply(batch, this, frame.Ack, new Depart(Number, frame.Left));
        BecomeOver(Ending.Goodbye);
    }

    private void AskForRoster(long request, long ack, Batch batch)
    {
        Group.Hear(batch, this, ack);
        Enqueue(FrameBytes.Of(_server.Term, new NeedRosterFrame(request)), shared: false);
        Dispatch();
    }
}
