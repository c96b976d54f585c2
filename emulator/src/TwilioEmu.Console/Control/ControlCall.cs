using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using TwilioEmu.Kernel.Time;
using static TwilioEmu.Console.Control.ControlMember;

namespace TwilioEmu.Console.Control;

/// <summary>Answers a request of the control API; null when it wrote the answer itself.</summary>
internal delegate Task<ControlAnswer?> ControlHandler(ControlRequest request);

/// <summary>
/// A call of the control API, told once (route, endpoint): routing, refusals of what is
/// not declared, the index, the OpenAPI document and the reference page run over it.
/// </summary>
/// <param name="Method">Upper case.</param>
/// <param name="Template">Below <c>/_emu/v1</c>, as ASP.NET Core routing spells
/// it: <c>/calls/{sid}/act</c>, <c>/resources/{product}/{**path}</c>.</param>
/// <param name="Does">What it does: one sentence without its full stop.</param>
/// <param name="Handler">What answers.</param>
internal sealed record ControlCall(string Method, string Template, string Does, ControlHandler Handler)
{
    private static readonly ControlMember[] PathValues =
    [
        Text("number", "of the phone: E.164; `client:alice` for an app's own"),
        Text("address", "an e-mail address"),
        Text("sid", "of what it is about"),
        Text("id", "as lists and answers tell it; of a webhook the `seq` of its `webhook.sent`"),
        Text("service", "SID of the Messaging Service"),
        Text("product", "host label: `video`"),
        Text("path", "of the resource, from the version on; it may have slashes"),
    ];

    private readonly TemplateMatcher _matcher = new(TemplateParser.Parse(Template[1..]), []);

    /// <summary>Query parameters; others are refused.</summary>
    public IReadOnlyList<ControlMember> Query { get; init; } = [];

    /// <summary>Members of the body, a JSON object; others are refused.</summary>
    public IReadOnlyList<ControlMember> Body { get; init; } = [];

    /// <summary>True where the body is any JSON object.</summary>
    public bool TakesAnyBody { get; init; }

    /// <summary>Of the body, where it is no JSON but bytes: <c>audio/*</c>.</summary>
    public string? BodyType { get; init; }

    /// <summary>Of the answer, where all is well.</summary>
    public int Status { get; init; } = 200;

    /// <summary>A status of answers of the same members, where not all is well yet.</summary>
    public int? OtherStatus { get; init; }

    /// <summary>Members of the answer; none where it is no JSON.</summary>
    public IReadOnlyList<ControlMember> Answers { get; init; } = [];

    /// <summary>Of the answer, where it is no JSON.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Statuses of refusals beyond the usual ones, and what each says.</summary>
    public IReadOnlyList<(int Status, string When)> Refuses { get; init; } = [];

    /// <summary>A body to try, or null.</summary>
    public string? Example { get; init; }

    /// <summary>More for people, in sentences, or null.</summary>
    public string? Notes { get; init; }

    /// <summary>False where the address is kept for what does not exist yet: 501.</summary>
    public bool IsBuilt { get; init; } = true;

    /// <summary>True where no token is asked for it (security.md).</summary>
    public bool IsForAll { get; init; }

    /// <summary>Why the .NET client and the Node helper have no method for it; null where they have one, as their tests ask.</summary>
    public string? NoMethod { get; init; }

    /// <summary>True where it changes nothing: virtual time need not wait for who looks.</summary>
    public bool IsLook { get; init; } = Method == HttpMethods.Get;

    /// <summary>What virtual time makes of it.</summary>
    internal Outside Outside => IsLook ? Outside.Looked : Outside.Acted;

    /// <summary>The variable parts of the template, in order.</summary>
    public IReadOnlyList<ControlMember> Path { get; } =
        [.. TemplateParser.Parse(Template[1..]).Parameters.Select(p => PathValues.Single(v => v.Name == p.Name).Needed())];

    /// <summary>The template without the stars of its last part: <c>/resources/{product}/{path}</c>.</summary>
    public string PlainTemplate => Template.Replace("{**", "{", StringComparison.Ordinal);

    /// <summary>The values of a path below <c>/_emu/v1</c> where it is this call's, else null.</summary>
    public RouteValueDictionary? Match(PathString path)
    {
        var values = new RouteValueDictionary();
        return _matcher.TryMatch(path, values) ? values : null;
    }
}

/// <summary>Calls that belong together.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Calls">In the order told; where two match, the first answers.</param>
internal sealed record ControlSubject(string Title, IReadOnlyList<ControlCall> Calls);
