using TwilioEmu.Composition;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Messaging;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Hosting;

/// <summary>Writes out the files of messages to who follows a link of theirs, without credentials: the live service's CDN.</summary>
/// <remarks>A link that is good no longer, or was changed, is 403, as signed links of a CDN are (inferred).</remarks>
internal static class MessageFiles
{
    /// <summary>True for what lies where links of files lead.</summary>
    public static bool IsFile(HttpRequest request) =>
        request.Path.StartsWithSegments(MessagingProduct.MediaPrefix, StringComparison.Ordinal);

    public static async Task OpenAsync(House house, HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        var (world, path) = (house.World, request.Path.Value!);
        var (expires, signature) = (request.Query["Expires"].ToString(), request.Query["Signature"].ToString());
        var file = await world.Loop.RunOutsideAsync(
            () => Task.FromResult(house.Messaging.OpenMedia(path, expires, signature)), context.RequestAborted);
        world.Clock.Note(Outside.Looked);
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync(
                "The link is good no longer, was changed, or its file is gone: ask the message's media for another\n",
                context.RequestAborted);
            return;
        }
        // Whatever a phone sent is no page of ours to a browser.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox";
        await PartialContent.WriteAsync(context, file.ContentType, file.Content);
    }
}
