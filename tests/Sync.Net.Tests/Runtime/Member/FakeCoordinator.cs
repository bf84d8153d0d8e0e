using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>What a coordinator looks like to one member: requests with numbers, a generation for each session, terms.</summary>
internal sealed class FakeCoordinator
{
    private readonly Queue<(int Term, MemberAction Post)> _inbox = [];
    private readonly Dictionary<long, Known> _requests = [];
    private readonly Dictionary<SessionKey, long> _generations = [];

    public int Term { get; private set; } = 1;

    /// <summary>What is under way to the member on its link, in order.</summary>
    public Queue<Word> Outbox { get; } = [];

    /// <summary>Each generation that this coordinator ever released.</summary>
    public HashSet<(int Term, SessionKey Session, long Generation)> Released { get; } = [];

    public void Take(int term, in MemberAction post) => _inbox.Enqueue((term, post));

    public Outcome? OutcomeOf(long request) => _requests.GetValueOrDefault(request)?.Outcome;

    /// <summary>It looks at all that has come in.</summary>
    public void Serve()
    {
        while (_inbox.TryDequeue(out (int Term, MemberAction Post) next))
        {
            if (next.Term == Term) Handle(next.Post);
        }
    }

    /// <summary>The others arrive: whatever the member waits for in the session is met.</summary>
    public void Release(string session) => Decide(new SessionKey(SessionKind.Barrier, session), Ends.Released);

    public void AskForRosters()
    {
        foreach ((_, MemberAction post) in _inbox)
        {
            if (post.Kind == MemberActionKind.PostEnter) Outbox.Enqueue(new Word.NeedRoster(post.Call!.Request));
        }
    }

    /// <summary>Stops in good order; then another one starts there.</summary>
    public void Close()
    {
        Outbox.Enqueue(new Word.Closing());
        Restart();
    }

    public void Restart()
    {
        Term++;
        _requests.Clear();
        _generations.Clear();
        _inbox.Clear();
    }

    private void Handle(MemberAction post)
    {
        switch (post.Kind)
        {
            case MemberActionKind.PostEnter:
                if (IsKnown(post.Call!)) return;
                Assert.DoesNotContain(_requests.Values, other => other.IsOpen && other.Call.Session == post.Call!.Session);
                Assert.Contains(post.Call!.ExpectedGeneration, (long[])[0, _generations.GetValueOrDefault(post.Call.Session) + 1]);
                _requests.Add(post.Call.Request, new Known(post.Call));
                break;
            case MemberActionKind.PostAbort:
                if (IsKnown(post.Call!)) return;
                var abort = new Known(post.Call!);
                _requests.Add(post.Call!.Request, abort);
                Answer(abort, 0, Ends.Withdrawn);
                Decide(post.Call.Session, Ends.Lost);
                break;
            case MemberActionKind.PostWithdraw:
                if (!_requests.TryGetValue(post.Withdraw.Request, out Known? known) || !known.IsOpen) return;
                if (post.Withdraw.Reason == WithdrawReason.Cancelled) Answer(known, 0, Ends.Withdrawn);
                else if (post.Withdraw.Reason == WithdrawReason.GaveUpQuietly) Answer(known, 0, Ends.TimedOut);
                else Decide(known.Call.Session, Ends.TimedOut);
                break;
            case MemberActionKind.PostResumed:
                foreach (long request in _requests.Keys.Where(request => request < post.Resumed.Next).Except(post.Resumed.Open).ToArray())
                {
                    _requests.Remove(request);
                }
                break;
        }
    }

    private bool IsKnown(Call call)
    {
        if (!_requests.TryGetValue(call.Request, out Known? known)) return false;
        if (!known.IsOpen) Outbox.Enqueue(new Word.Answer(call.Request, known.Generation, known.Outcome!));
        return true;
    }

    private void Answer(Known request, long generation, Outcome outcome)
    {
        (request.Outcome, request.Generation) = (outcome, generation);
        Outbox.Enqueue(new Word.Answer(request.Call.Request, generation, outcome));
    }

    private void Decide(SessionKey session, Outcome outcome)
    {
        if (_requests.Values.FirstOrDefault(request => request.IsOpen && request.Call.Session == session) is not { } waiting) return;
        long generation = _generations[session] = _generations.GetValueOrDefault(session) + 1;
        if (outcome is Released) Released.Add((Term, session, generation));
        (waiting.Outcome, waiting.Generation) = (outcome, generation);
        Outbox.Enqueue(new Word.Decision(session, generation, outcome));
    }

    /// <summary>Something on its way to the member.</summary>
    internal abstract record Word
    {
        internal sealed record Answer(long Request, long Generation, Outcome Outcome) : Word;

        internal sealed record Decision(SessionKey Session, long Generation, Outcome Outcome) : Word;

        internal sealed record NeedRoster(long Request) : Word;

        internal sealed record Closing : Word;
    }

    private sealed class Known(Call call)
    {
        public Call Call { get; } = call;

        public Outcome? Outcome { get; set; }

        public long Generation { get; set; }

        public bool IsOpen => Outcome is null;
    }
}
