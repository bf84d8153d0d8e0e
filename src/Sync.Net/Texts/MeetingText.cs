using System.Globalization;

namespace Sync.Net.Texts;

/// <summary>One-line texts of meetings that took place.</summary>
internal static class MeetingText
{
    public static string Of(RendezvousResult met)
    {
        string last = met.Straggler is not { } straggler ? ""
            : met.Spread is { } spread ? $"; {straggler} came last, {Elapsed.Of(spread)} after the first"
            : $"; {straggler} came last";
        return $"{Met(met)}{last}{Lost(met)}.";
    }

    public static string Of(RendezvousResult met, IReadOnlyList<string> givers)
    {
        string who = givers.Count == 0 ? "nobody gave data" : $"{givers.Count} gave data: {NameList.Of(givers)}";
        return $"{Met(met)}; {who}{Lost(met)}.";
    }

    public static string Of(CountedResult met) => met.Code == 0
        ? Of(met.Meeting)
        : string.Create(CultureInfo.InvariantCulture, $"{Of(met.Meeting).TrimEnd('.')}; code {met.Code} by {NameList.Of(met.CodeReportedBy)}.");

    public static string NotOne(RendezvousResult met, IReadOnlyList<string> givers) => givers.Count == 0
        ? $"{FailureText.Name(met.SessionKey)}: nobody gave data, so there is no only value."
        : $"{FailureText.Name(met.SessionKey)}: {givers.Count} members gave data ({NameList.Of(givers)}), so there is no only value: read it by member.";

    public static string NoValue(RendezvousResult met, string member, bool tookPart) =>
        $"{FailureText.Name(met.SessionKey)}: '{OneLine.Of(member, 80)}' {(tookPart ? "took part without giving data" : "is not one of those whose data was asked for")}.";

    private static string Met(RendezvousResult met) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FailureText.Name(met.SessionKey)} (generation {met.Generation}): {met.Count} met after {Elapsed.Of(met.Waited)}");

    private static string Lost(RendezvousResult met) => met.Lost.Count == 0 ? "" : $"; lost after giving: {NameList.Of(met.Lost)}";
}
