using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>A call, and how it ended.</summary>
internal sealed class TestCall
{
    private readonly List<CallEnd> _ends = [];

    public TestCall(CallKind kind, string session, TimeSpan? timeout = null, bool quiet = false, bool hosts = false, Ask? ask = null, EnterFlags flags = default) => Call = new Call
    {
        Kind = kind,
        Session = new SessionKey(SessionKind.Barrier, session),
        Roster = Roster.Of(["db1", "web1"]),
        Timeout = timeout,
        Quiet = quiet,
        Hosts = hosts,
        Ask = ask,
        Flags = flags,
        Complete = (end, _) => _ends.Add(end),
    };

    public Call Call { get; }

    public int Ends => _ends.Count;

    public bool IsOpen => _ends.Count == 0;

    /// <summary>The one end that it has.</summary>
    public CallEnd End => Assert.Single(_ends);

    public TEnd EndedAs<TEnd>()
        where TEnd : CallEnd => Assert.IsType<TEnd>(End);

    public void EndedWith(Outcome outcome, long generation) => Assert.Equal(new CallEnd.Answered(outcome, generation), End);
}
