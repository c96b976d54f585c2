using System.Net;
using System.Text;
using TwilioEmu.Kernel;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Composition;

/// <summary>Answers webhooks from the <c>app:</c> of a file, so that a story needs no app.</summary>
/// <remarks>Loop-confined. Each list of answers goes on from where the last request left it.</remarks>
internal sealed class FileApp(World world, AppConfig config) : IApp
{
    private readonly Dictionary<AppChoice, int> _given = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public async Task<AppAnswer> AnswerAsync(AppRequest request, CancellationToken cancellation)
    {
        var page = config.Pages.FirstOrDefault(p =>
            p.Url.Authority == request.Url.Authority && p.Url.AbsolutePath == request.Url.AbsolutePath);
        var choice = page?.Choices.FirstOrDefault(c => c.When.Count > 0 && c.When.All(w => ValueOf(request, w.Key) == w.Value))
            ?? page?.Choices.FirstOrDefault(c => c.When.Count == 0);
        if (choice is null) return new AppAnswer(404, "text/plain", $"the file's app has no answer at {request.Url.AbsolutePath}");
        var index = _given.GetValueOrDefault(choice);
        _given[choice] = index + 1;
        var reply = choice.Replies[Math.Min(index, choice.Replies.Count - 1)];
        if (reply.After > TimeSpan.Zero) await Task.Delay(reply.After, world.Clock, cancellation);
        return new AppAnswer(reply.Status, reply.ContentType, Fill(reply, request));
    }

    private static string? ValueOf(AppRequest request, string name) => request.Parameters.FirstOrDefault(p => p.Key == name).Value;

    /// <summary>Replaces <c>{{Param}}</c> by the request's parameter; missing ones become nothing, as in Twilio's own TwiML Bins.</summary>
    private static string Fill(AppReply reply, AppRequest request)
    {
        if (!reply.Body.Contains("{{", StringComparison.Ordinal)) return reply.Body;
        var isXml = reply.ContentType?.Contains("xml", StringComparison.Ordinal) ?? false;
        var filled = new StringBuilder();
        var rest = reply.Body.AsSpan();
        while (rest.IndexOf("{{") is >= 0 and var open && rest[open..].IndexOf("}}") is >= 0 and var length)
        {
            var value = ValueOf(request, rest.Slice(open + 2, length - 2).Trim().ToString()) ?? "";
            filled.Append(rest[..open]).Append(isXml ? WebUtility.HtmlEncode(value) : value);
            rest = rest[(open + length + 2)..];
        }
        return filled.Append(rest).ToString();
    }
}
