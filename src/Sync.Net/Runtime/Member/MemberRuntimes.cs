namespace Sync.Net.Runtime.Member;

/// <summary>The members of this process: objects of one id that go to one server are one member, with one connection.</summary>
internal static class MemberRuntimes
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<MemberPlan, Shared> All = [];

    /// <summary>Takes a share of the member, after a former one of the same plan has said its goodbye.</summary>
    public static async ValueTask<Lease> AcquireAsync(MemberPlan plan, Func<MemberPlan, MemberRuntime> create)
    {
        while (true)
        {
            Task goodbye;
            lock (Gate)
            {
                if (!All.TryGetValue(plan, out Shared? shared)) All.Add(plan, shared = new Shared(create(plan)));
                if (shared.Goodbye is null)
                {
                    shared.Shares++;
                    return new Lease(plan, shared);
                }
                goodbye = shared.Goodbye.Task;
            }
            await goodbye.ConfigureAwait(false);
        }
    }

    private static async ValueTask ReleaseAsync(MemberPlan plan, Shared shared)
    {
        lock (Gate)
        {
            if (--shared.Shares > 0) return;
            shared.Goodbye = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        try
        {
            await shared.Runtime.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (Gate) All.Remove(plan);
            shared.Goodbye.SetResult();
        }
    }

    internal sealed class Shared(MemberRuntime runtime)
    {
        public MemberRuntime Runtime { get; } = runtime;

        public int Shares { get; set; }

        public TaskCompletionSource? Goodbye { get; set; }
    }

    /// <summary>A share of a member; the last one to go lets the member depart.</summary>
    internal sealed class Lease : IAsyncDisposable
    {
        private readonly Shared _shared;
        private int _released;

        public Lease(MemberPlan plan, Shared shared)
        {
            Plan = plan;
            _shared = shared;
        }

        public MemberPlan Plan { get; }

        public MemberRuntime Runtime => _shared.Runtime;

        public ValueTask DisposeAsync() =>
            Interlocked.Exchange(ref _released, 1) == 0 ? ReleaseAsync(Plan, _shared) : ValueTask.CompletedTask;
    }
}
