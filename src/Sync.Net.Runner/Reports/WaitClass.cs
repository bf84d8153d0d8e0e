namespace Sync.Net.Runner.Reports;

/// <summary>How a wait ended, as far as reports tell by colour or by JUnit's words.</summary>
internal enum WaitClass
{
    /// <summary>It was met.</summary>
    Met = 0,

    /// <summary>It was taken back by who waited.</summary>
    Withdrawn = 1,

    /// <summary>Nobody knows: the server was lost, or the run ended before.</summary>
    Undecided = 2,

    /// <summary>It was not met.</summary>
    Failed = 3,
}
