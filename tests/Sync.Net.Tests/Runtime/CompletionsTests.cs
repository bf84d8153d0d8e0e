using System.Threading.Tasks.Sources;
using Sync.Net.Runtime;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime;

public sealed class CompletionsTests
{
    /// <summary>The next read may end, and be worked on, before the one that started it has told its callers.</summary>
    [Fact]
    public void AfterStarting_NextReadEndsAtOnce_ItsCallersAreToldOnce()
    {
        int told = 0;
        var call = new Call
        {
            Kind = CallKind.Enter,
            Session = new SessionKey(SessionKind.Barrier, "x"),
            Roster = Roster.Empty,
            Complete = (_, _) => told++,
        };
        var completions = new Completions();

        completions.AfterStarting(new ValueTask<int>(new EndsAtOnce(), 0)).UnsafeOnCompleted(() =>
        {
            completions.BeginCollecting();
            Assert.True(Completions.TryAdd(call, new CallEnd.Disposed()));
            Completions.EndCollecting();
        });
        Assert.Equal(0, told);

        completions.Release();
        Assert.Equal(1, told);
    }

    /// <summary>A read that is pending when it is looked at, and over before the registration returns.</summary>
    private sealed class EndsAtOnce : IValueTaskSource<int>
    {
        public int GetResult(short token) => 0;

        public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => continuation(state);
    }
}
