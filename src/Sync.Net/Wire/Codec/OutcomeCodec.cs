namespace Sync.Net.Wire;

/// <summary>An outcome is an array whose first element tells the kind.</summary>
internal static class OutcomeCodec
{
    private const int ReleasedKind = 0;
    private const int WithdrawnKind = 1;
    private const int FailedKind = 2;
    private const int MembershipKind = 3;
    private const int OverviewKind = 4;

    private const int ReleasedElements = 8;
    private const int WithdrawnElements = 1;
    private const int FailedElements = 8;
    private const int MembershipElements = 3;
    private const int OverviewElements = 3;

    public static void Write<TSink>(ref TSink sink, Outcome outcome)
        where TSink : struct, IElementSink, allows ref struct
    {
        switch (outcome)
        {
            case Released released:
                Write(ref sink, released);
                break;
            case Failed failed:
                Write(ref sink, failed);
                break;
            case Membership membership:
                sink.Array(MembershipElements);
                sink.Int(MembershipKind);
                sink.Int(membership.Version);
                FactCodec.Write(ref sink, membership.Members);
                break;
            case Overview overview:
                sink.Array(OverviewElements);
                sink.Int(OverviewKind);
                FactCodec.Write(ref sink, overview.Members);
                FactCodec.Write(ref sink, overview.Waits);
                break;
            default:
                sink.Array(WithdrawnElements);
                sink.Int(WithdrawnKind);
                break;
        }
    }

    public static Outcome Read(ref BodyReader reader)
    {
        // Elements after the kind; how many are needed depends on it.
        int rest = reader.BeginArray("outcome", 1);
        switch (reader.Choice("outcome", OverviewKind))
        {
            case ReleasedKind:
                reader.Need(rest, ReleasedElements - 1);
                Released released = ReadReleased(ref reader);
                reader.EndArray(rest - (ReleasedElements - 1));
                return released;
            case FailedKind:
                reader.Need(rest, FailedElements - 1);
                Failed failed = ReadFailed(ref reader);
                reader.EndArray(rest - (FailedElements - 1));
                return failed;
            case MembershipKind:
                reader.Need(rest, MembershipElements - 1);
                var membership = new Membership(reader.Number("outcome.version"), FactCodec.ReadMembers(ref reader, "outcome.members"));
                reader.EndArray(rest - (MembershipElements - 1));
                return membership;
            case OverviewKind:
                reader.Need(rest, OverviewElements - 1);
                var overview = new Overview(FactCodec.ReadMembers(ref reader, "outcome.members"), FactCodec.ReadWaits(ref reader, "outcome.waits"));
                reader.EndArray(rest - (OverviewElements - 1));
                return overview;
            default:
                reader.EndArray(rest);
                return Withdrawn.Instance;
        }
    }

    private static void Write<TSink>(ref TSink sink, Released released)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Array(ReleasedElements);
        sink.Int(ReleasedKind);
        sink.Int(released.Count);
        sink.OptionalString(released.Straggler);
        FactCodec.Write(ref sink, released.Arrivals);
        FactCodec.Write(ref sink, released.Contributions);
        FactCodec.Write(ref sink, released.Lost);
        sink.Int(released.Code);
        sink.Names(released.CodeBy);
    }

    private static Released ReadReleased(ref BodyReader reader) => new(
        reader.SmallNumber("outcome.count"),
        reader.OptionalName("outcome.straggler"),
        reader.Absent("outcome.arrivals") ? null : FactCodec.ReadArrivals(ref reader, "outcome.arrivals"),
        reader.Absent("outcome.contributions") ? null : FactCodec.ReadContributions(ref reader, "outcome.contributions"),
        FactCodec.ReadLosses(ref reader, "outcome.lost"),
        reader.SmallNumber("outcome.code"),
        reader.OptionalNames("outcome.codeBy"));

    private static void Write<TSink>(ref TSink sink, Failed failed)
        where TSink : struct, IElementSink, allows ref struct
    {
        sink.Array(FailedElements);
        sink.Int(FailedKind);
        sink.Int((int)failed.Kind);
        sink.OptionalString(failed.Culprit);
        sink.Text(failed.Reason);
        sink.Text(failed.Hint);
        sink.Names(failed.Expected);
        sink.Names(failed.Arrived);
        FactCodec.Write(ref sink, failed.Missing);
    }

    private static Failed ReadFailed(ref BodyReader reader) => new(
        (SyncFailureKind)reader.Choice("outcome.kind", (int)SyncFailureKind.Payload),
        reader.OptionalName("outcome.culprit"),
        reader.OptionalText("outcome.reason"),
        reader.OptionalText("outcome.hint"),
        reader.Names("outcome.expected"),
        reader.Names("outcome.arrived"),
        FactCodec.ReadMembers(ref reader, "outcome.missing"));
}
