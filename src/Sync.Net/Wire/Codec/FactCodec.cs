namespace Sync.Net.Wire;

/// <summary>Lists of what is known of members; each fact is an array, a list that is not there is nil.</summary>
internal static class FactCodec
{
    private const int ArrivalElements = 2;
    private const int ContributionElements = 3;

    /// <summary>Those of a numbered contribution, which says more.</summary>
    private const int NumberedElements = 6;
    private const int LossElements = 4;
    private const int MemberElements = 5;
    private const int WaitElements = 6;

    // An array header, a name of one letter, and a byte for each other element.
    private const int LeastArrivalBytes = 1 + 2 + 1;
    private const int LeastContributionBytes = 1 + 2 + 2;
    private const int LeastLossBytes = 1 + 2 + 3;
    private const int LeastMemberBytes = 1 + 2 + 4;
    private const int LeastWaitBytes = 1 + 1 + 2 + 2 + 3;

    public static void Write<TSink>(ref TSink sink, IReadOnlyList<ArrivalFact>? arrivals)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (!BeginList(ref sink, arrivals)) return;
        for (int i = 0; i < arrivals!.Count; i++)
        {
            ArrivalFact fact = arrivals[i];
            sink.Array(ArrivalElements);
            sink.String(fact.Member);
            sink.Time(fact.Waited);
        }
    }

    public static ArrivalFact[] ReadArrivals(ref BodyReader reader, string field)
    {
        var facts = new ArrivalFact[reader.ListLength(field, reader.Context.MaxMembers, LeastArrivalBytes)];
        for (int i = 0; i < facts.Length; i++)
        {
            int surplus = reader.BeginArray(field, ArrivalElements);
            facts[i] = new ArrivalFact(reader.Name(field), reader.Time(field));
            reader.EndArray(surplus);
        }
        return facts;
    }

    public static void Write<TSink>(ref TSink sink, IReadOnlyList<Contribution>? contributions)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (!BeginList(ref sink, contributions)) return;
        for (int i = 0; i < contributions!.Count; i++)
        {
            Contribution fact = contributions[i];
            sink.Array(fact.Number == 0 ? ContributionElements : NumberedElements);
            sink.String(fact.Member);
            sink.OptionalBytes(fact.Data);
            sink.Text(fact.Contract);
            if (fact.Number == 0) continue;
            sink.Int(fact.Number);
            sink.Time(fact.Ago);
            sink.OptionalString(fact.Role);
        }
    }

    public static Contribution[] ReadContributions(ref BodyReader reader, string field)
    {
        // A member may leave many messages: the frame's own size is the bound.
        var facts = new Contribution[reader.ListLength(field, int.MaxValue, LeastContributionBytes)];
        for (int i = 0; i < facts.Length; i++)
        {
            int surplus = reader.BeginArray(field, ContributionElements);
            var fact = new Contribution(reader.Name(field), reader.OptionalBytes(field), reader.OptionalCommonText(field));
            if (surplus > 0)
            {
                reader.Need(surplus, NumberedElements - ContributionElements);
                fact = fact with { Number = reader.Int(field), Ago = reader.Time(field), Role = reader.OptionalName(field) };
                surplus -= NumberedElements - ContributionElements;
            }
            facts[i] = fact;
            reader.EndArray(surplus);
        }
        return facts;
    }

    public static void Write<TSink>(ref TSink sink, IReadOnlyList<LossFact>? losses)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (!BeginList(ref sink, losses)) return;
        for (int i = 0; i < losses!.Count; i++)
        {
            LossFact fact = losses[i];
            sink.Array(LossElements);
            sink.String(fact.Member);
            sink.Text(fact.Reason);
            sink.Time(fact.LastSeenAgo);
            sink.Text(fact.LastSeenIn);
        }
    }

    public static LossFact[] ReadLosses(ref BodyReader reader, string field)
    {
        int count = reader.ListLength(field, reader.Context.MaxMembers, LeastLossBytes);
        if (count == 0) return [];
        var facts = new LossFact[count];
        for (int i = 0; i < facts.Length; i++)
        {
            int surplus = reader.BeginArray(field, LossElements);
            facts[i] = new LossFact(
                reader.Name(field), reader.Text(field), reader.Time(field), reader.OptionalText(field));
            reader.EndArray(surplus);
        }
        return facts;
    }

    public static void Write<TSink>(ref TSink sink, IReadOnlyList<MemberFact>? members)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (!BeginList(ref sink, members)) return;
        for (int i = 0; i < members!.Count; i++)
        {
            MemberFact fact = members[i];
            sink.Array(MemberElements);
            sink.String(fact.Id);
            sink.OptionalString(fact.Role);
            sink.Int((int)fact.State);
            sink.OptionalTime(fact.LastSeenAgo);
            sink.Text(fact.LastSeenIn);
        }
    }

    public static MemberFact[] ReadMembers(ref BodyReader reader, string field)
    {
        var facts = new MemberFact[reader.ListLength(field, reader.Context.MaxMembers, LeastMemberBytes)];
        for (int i = 0; i < facts.Length; i++)
        {
            int surplus = reader.BeginArray(field, MemberElements);
            facts[i] = new MemberFact(
                reader.Name(field, reader.Context.MaxLineBytes),
                reader.OptionalName(field),
                (MemberState)reader.Choice(field, (int)MemberState.BetweenCommands),
                reader.OptionalTime(field),
                reader.OptionalText(field));
            reader.EndArray(surplus);
        }
        return facts;
    }

    public static void Write<TSink>(ref TSink sink, IReadOnlyList<WaitFact>? waits)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (!BeginList(ref sink, waits)) return;
        for (int i = 0; i < waits!.Count; i++)
        {
            WaitFact fact = waits[i];
            sink.Array(WaitElements);
            sink.Session(fact.Session);
            sink.String(fact.Member);
            sink.Time(fact.Waited);
            sink.Names(fact.Lacks);
            sink.Text(fact.Hint);
        }
    }

    public static WaitFact[] ReadWaits(ref BodyReader reader, string field)
    {
        var facts = new WaitFact[reader.ListLength(field, int.MaxValue, LeastWaitBytes)];
        for (int i = 0; i < facts.Length; i++)
        {
            int surplus = reader.BeginArray(field, WaitElements);
            facts[i] = new WaitFact(reader.Session(field), reader.Name(field), reader.Time(field), reader.Names(field), reader.OptionalText(field));
            reader.EndArray(surplus);
        }
        return facts;
    }

    private static bool BeginList<TSink, TFact>(ref TSink sink, IReadOnlyList<TFact>? facts)
        where TSink : struct, IElementSink, allows ref struct
    {
        if (facts is null) sink.Nil();
        else sink.Array(facts.Count);
        return facts is not null;
    }
}
