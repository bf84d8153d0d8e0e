using System.Globalization;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

/// <summary>Where a member stands.</summary>
internal enum Progress
{
    /// <summary>It waits for its start condition.</summary>
    Pending,
    Starting,
    Running,

    /// <summary>It has ended, and what follows from that is being done.</summary>
    Ending,

    /// <summary>Its result is known to the caller.</summary>
    Done,
}

/// <summary>One member while the run goes on. Only the run's own loop changes it.</summary>
internal sealed class MemberRun(int number, MemberPlan plan, string runCookie)
{
    public int Number => number;

    public MemberPlan Plan => plan;

    public string Id => plan.Id;

    /// <summary>Begins with what all of the run have in common.</summary>
    public string Cookie { get; } = string.Create(CultureInfo.InvariantCulture, $"{runCookie}-{number}");

    public Guid Incarnation { get; } = Guid.NewGuid();

    public Progress Progress { get; set; }

    public Worker? Worker { get; set; }

    public WorkerOutput? Output { get; set; }

    /// <summary>Cancelled when it must not be started any more.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Why it is being ended from outside; null while it is not.</summary>
    public Ending? Ending { get; set; }

    /// <summary>For whom it waited when it was ended from outside.</summary>
    public IReadOnlyList<string> WaitedFor { get; set; } = [];

    public MemberState State { get; set; }

    /// <summary>It has been in the group by itself.</summary>
    public bool HasJoined { get; set; }

    public HashSet<string> Sent { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public Verdict Verdict { get; set; }

    public string? Reason { get; set; }

    public FailureShare Share { get; set; }

    /// <summary>The member because of which it did not pass; null if by itself.</summary>
    public string? Culprit { get; set; }

    public int? ExitCode { get; set; }

    public int? Signal { get; set; }

    public ClockOffset? Clock { get; set; }

    /// <summary>Where its own record of its calls is; null where the server is seen.</summary>
    public string? RecordFile { get; set; }

    public IReadOnlyList<string> Files { get; set; } = [];

    public MemberResult? Result { get; set; }

    /// <summary>The verdict that the caller was told; another one is the caller's.</summary>
    public Verdict ToldVerdict { get; set; }

    /// <summary>The verdict is the caller's, and stays.</summary>
    public bool IsByCaller { get; set; }

    public ITimer? Timer { get; set; }

    /// <summary>When its start condition was met, and only the delay is left.</summary>
    public bool IsDelayed { get; set; }

    public bool IsOver => Progress is Progress.Ending or Progress.Done;

    /// <summary>It has ended, and all that it did in the group has been seen.</summary>
    public bool IsSettled => Result is not null;

    /// <summary>It did not do what it was to do.</summary>
    public bool HasFailed => Verdict is Verdict.Fail or Verdict.Error or Verdict.Interrupted;
}
