using TwilioEmu.Scenarios.Reference;

namespace TwilioEmu.Console.Control;

/// <summary>What stands at a name of the control API.</summary>
internal enum MemberKind
{
    Text,
    Whole,
    Number,
    Flag,

    /// <summary>UTC, ISO 8601.</summary>
    Instant,

    /// <summary>As in stories: <c>10s</c>, <c>1m30s</c>.</summary>
    Duration,
    Object,

    /// <summary>A list of objects.</summary>
    List,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>One of several kinds; <see cref="ControlMember.Takes"/> says which.</summary>
    Any,
}

/// <summary>
/// A name of the control API, told once: a value of a path or query, a member of a body or an answer (parameter, property).
/// </summary>
/// <param name="Name">snake_case.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Means">For people, with what holds where it is absent in brackets.</param>
internal sealed record ControlMember(string Name, MemberKind Kind, string Means)
{
    private readonly string? _takes;

    /// <summary>Must be there: in a query or body. In answers all are, but for those of <see cref="IsSometimes"/>.</summary>
    public bool IsNeeded { get; private init; }

    /// <summary>May be absent from an answer.</summary>
    public bool IsSometimes { get; private init; }

    /// <summary>May be null in an answer.</summary>
    public bool IsNullable { get; private init; }

    /// <summary>Has members that are not told here: those of a resource, of an entry's data.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Of an object, or of each object of a list.</summary>
    public IReadOnlyList<ControlMember> Members { get; private init; } = [];

    /// <summary>The only texts that may stand there; empty where any may.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Of a whole number.</summary>
    public (long Min, long Max) Bounds { get; private init; } = (0, long.MaxValue);

    /// <summary>What a whole number is where it is absent, or null.</summary>
    public long? Usual { get; private init; }

    /// <summary>What stands there, for people.</summary>
    public string Takes
    {
        get => _takes ?? Kind switch
        {
            MemberKind.Text when Words.Count > 0 => string.Join(", ", Words),
            MemberKind.Text => "text",
            MemberKind.Whole when Bounds.Max < long.MaxValue => $"{Bounds.Min} to {Bounds.Max}",
            MemberKind.Whole => "whole number",
            MemberKind.Number => "number",
            MemberKind.Flag => "true or false",
            MemberKind.Instant => "instant",
            MemberKind.Duration => "duration",
            MemberKind.Object => "object",
            MemberKind.List => "list of objects",
            MemberKind.Texts => "list of texts",
            _ => throw new InvalidOperationException($"{Name} does not say what it takes"),
        };
        private init => _takes = value;
    }

    public static ControlMember Text(string name, string means) => new(name, MemberKind.Text, means);

    /// <summary>One word of a few.</summary>
    public static ControlMember OneOf(string name, string means, params IReadOnlyList<string> words) =>
        new(name, MemberKind.Text, means) { Words = words };

    public static ControlMember Whole(string name, string means) => new(name, MemberKind.Whole, means);

    public static ControlMember Whole(string name, string means, long min, long max, long? usual = null) =>
        new(name, MemberKind.Whole, means) { Bounds = (min, max), Usual = usual };

    public static ControlMember Number(string name, string means) => new(name, MemberKind.Number, means);

    public static ControlMember Flag(string name, string means) => new(name, MemberKind.Flag, means);

    public static ControlMember Instant(string name, string means) => new(name, MemberKind.Instant, means);

    public static ControlMember Duration(string name, string means) => new(name, MemberKind.Duration, means);

    public static ControlMember Texts(string name, string means) => new(name, MemberKind.Texts, means);

    public static ControlMember Object(string name, string means, params IReadOnlyList<ControlMember> members) =>
        new(name, MemberKind.Object, means) { Members = members };

    public static ControlMember List(string name, string means, params IReadOnlyList<ControlMember> members) =>
        new(name, MemberKind.List, means) { Members = members };

    public static ControlMember Any(string name, string takes, string means) => new(name, MemberKind.Any, means) { Takes = takes };

    /// <summary>The words of a mapping of config files, which the same reader reads here.</summary>
    /// <param name="title">Of its table in <see cref="WordTable"/>.</param>
    /// <param name="names">Those of it; none for all.</param>
    public static IEnumerable<ControlMember> OfWords(string title, params IReadOnlyList<string> names) =>
        WordTable.Config.Single(p => p.Title == title).Words
        .Where(w => names.Count == 0 || names.Contains(w.Name))
            .Select(w => new ControlMember(w.Name, KindOf(w.Takes), w.Means) { Takes = w.Takes, IsOpen = true });

    /// <summary>This, where it must be there.</summary>
    public ControlMember Needed() => this with { IsNeeded = true };

    /// <summary>This, where it is not always there.</summary>
    public ControlMember Sometimes() => this with { IsSometimes = true };

    /// <summary>This, where null may stand there.</summary>
    public ControlMember OrNull() => this with { IsNullable = true };

    /// <summary>This, with members that are not told.</summary>
    public ControlMember Open() => this with { IsOpen = true };

    private static MemberKind KindOf(string takes) => takes switch
    {
        "true or false" => MemberKind.Flag,
        "duration" => MemberKind.Duration,
        "mapping" => MemberKind.Object,
        "number" => MemberKind.Number,
        _ when takes.StartsWith("list", StringComparison.Ordinal) || takes.Contains("duration", StringComparison.Ordinal) => MemberKind.Any,
        _ => MemberKind.Text,
    };
}
