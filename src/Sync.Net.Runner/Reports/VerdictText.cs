using System.Globalization;

namespace Sync.Net.Runner.Reports;

/// <summary>Verdicts in words.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Warn => "warn",
        Verdict.Skip => "skip",
        Verdict.Fail => "fail",
        Verdict.Error => "error",
        Verdict.Interrupted => "interrupted",
        _ => verdict.ToString(),
    };

    /// <summary>Empty for who has no share.</summary>
    public static string Of(FailureShare share) => share switch
    {
        FailureShare.RootCause => "root cause",
        FailureShare.Collateral => "collateral",
        FailureShare.NotReached => "not reached",
        _ => "",
    };

    /// <summary>How the member's command ended; empty if that is not known.</summary>
    public static string End(MemberResult member) => member switch
    {
        { Signal: { } signal } => string.Create(CultureInfo.InvariantCulture, $"signal {signal}"),
        { ExitCode: { } code } => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
        _ => "",
    };

    /// <summary>The offset of its host's clock, with its error: <c>+1.2 s ± 3 ms</c>; empty if not known.</summary>
    public static string Clock(MemberResult member) =>
        member.Clock is { } clock ? $"{(clock.Offset < TimeSpan.Zero ? "" : "+")}{DurationText.Of(clock.Offset)} ± {DurationText.Of(clock.Error)}" : "";

    /// <summary>Who failed by itself comes first, then who failed with it, who was not reached, who did not fail.</summary>
    public static IEnumerable<MemberResult> RootCauseFirst(IEnumerable<MemberResult> members) =>
        members.OrderBy(m => m.Share == FailureShare.None ? (m.Verdict >= Verdict.Fail ? 4 : 5) : (int)m.Share).ThenBy(m => m.Number);
}
