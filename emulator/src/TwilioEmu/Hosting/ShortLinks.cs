using TwilioEmu.Composition;

namespace TwilioEmu.Hosting;

/// <summary>The host of short links: a browser that follows one is led to where it leads.</summary>
/// <remarks>
/// twilio.com/docs/messaging/features/link-shortening.
/// Names below <c>localhost</c> lead here by themselves (RFC 6761 6.3); others where the machine resolves them so.
/// </remarks>
internal static class ShortLinks
{
    private const int CodeLength = 10;
    private const int MediaCodeLength = 7;
    private const string MediaHost = "p.twil.io";

    /// <summary>
    /// True for what looks like one: ten letters and digits under a name that is not Twilio's; of links to media seven, under theirs.
    /// </summary>
    public static bool IsLink(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Path.Value is { Length: CodeLength + 1 or MediaCodeLength + 1 } path && path[0] == '/'
        && path.Skip(1).All(char.IsAsciiLetterOrDigit)
        && (path.Length == CodeLength + 1 || request.Host.Host == MediaHost)
        && request.Host.Host.Contains('.', StringComparison.Ordinal)
        && !request.Host.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase);

    public static async Task FollowAsync(House house, HttpContext context)
    {
        var (host, code, agent) = (
            context.Request.Host.Host, context.Request.Path.Value![1..], context.Request.Headers.UserAgent.ToString());
        var (isOurs, target) = await house.World.Loop.RunAsync(
            () => house.Messaging.IsLinkHost(host) ? (true, house.Messaging.Click(code, agent)) : (false, null), context.RequestAborted);
        if (!isOurs)
        {
            await house.Door.HandleAsync(context);
            return;
        }
        if (target is null) context.Response.StatusCode = StatusCodes.Status404NotFound;
        else context.Response.Redirect(target);
    }
}
