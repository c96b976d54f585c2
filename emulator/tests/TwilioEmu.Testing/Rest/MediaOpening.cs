using Microsoft.AspNetCore.WebUtilities;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Mms;

namespace TwilioEmu.Testing.Rest;

/// <summary>Has a message's file as clients do: asks the API, and follows where it leads, without credentials.</summary>
internal static class MediaOpening
{
    /// <param name="rest">The front door.</param>
    /// <param name="messaging">What stands behind it.</param>
    /// <param name="path">Of the file, without <c>.json</c>.</param>
    /// <returns>Null where the link opens nothing.</returns>
    /// <exception cref="InvalidOperationException">The API leads nowhere.</exception>
    public static async Task<OpenedMedia?> OpenMediaAsync(this RestWorld rest, MessagingProduct messaging, string path) =>
        await rest.FollowMediaAsync(messaging, LinkOf(await rest.GetAsync(path)));

    /// <summary>The link that the API answered with.</summary>
    public static string LinkOf(RestAnswer answer) => answer is { Status: 307, Headers.Location: [{ Length: > 0 } link] }
        ? link
        : throw new InvalidOperationException($"the API answered {answer.Status}, and leads nowhere");

    public static Task<OpenedMedia?> FollowMediaAsync(this RestWorld rest, MessagingProduct messaging, string link)
    {
        var url = new Uri(link);
        var query = QueryHelpers.ParseQuery(url.Query);
        return rest.World.Loop.RunAsync(() => messaging.OpenMedia(url.AbsolutePath, query.GetValueOrDefault("Expires"), query.GetValueOrDefault("Signature")), default);
    }
}
