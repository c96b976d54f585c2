namespace TwilioEmu.Products.Conversations.Files;

/// <summary>Where a path of the media service leads.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Service">Whose: <c>IS</c>.</param>
/// <param name="Sid">Of one file; null for the service's.</param>
internal sealed record MediaPlace(MediaPlace.Target Kind, string Service, string? Sid = null)
{
    internal enum Target
    {
        /// <summary>A service's files.</summary>
        Files,

        /// <summary>Some of them at once.</summary>
        Set,

        /// <summary>What is known of one.</summary>
        File,

        /// <summary>Its bytes.</summary>
        Content,
    }

    /// <summary>Null for a path that leads nowhere.</summary>
    public static MediaPlace? Of(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["v1", "Services", var service, "Media"] => new(Target.Files, service),
        ["v1", "Services", var service, "MediaSet"] => new(Target.Set, service),
        ["v1", "Services", var service, "Media", var sid] => new(Target.File, service, sid),
        ["v1", "Services", var service, "Media", var sid, "Content"] => new(Target.Content, service, sid),
        _ => null,
    };
}
