using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>The media of a message: list, fetch, delete.</summary>
internal sealed class MediaOperations(World world, MediaShelf shelf, MediaLinks links)
{
    private const string Forgotten = "the file's bytes are not kept any more: they are not after a restart, and of very many the oldest go";

    public Answer List(RestRequest request)
    {
        if (Find(request) is not { } message) return Answer.NotFound(request);
        var (window, error) = DateWindow.Read(request.Query, "DateCreated");
        if (error is not null) return new Answer.Refusal(error);
        return new Answer.List(after =>
        {
            var media = window.Holds(message.Created) ? message.Extras.Media.Reverse() : [];
            if (after is not null) media = media.SkipWhile(m => m.Sid != after).Skip(1);
            return media.Select(m => (m.Sid, (IFace)new MediaFace(message, m)));
        });
    }

    public Answer Fetch(RestRequest request)
    {
        if (Find(request) is not { } message || Item(message, request) is not { } item) return Answer.NotFound(request);
        if (request.Path.EndsWith(".json", StringComparison.Ordinal)) return Answer.Of(new MediaFace(message, item));
        // Without .json it is the bytes that are asked for: they are elsewhere. Those that are not kept are where they came from.
        if (shelf.Find(item.Hash) is not null) return new Answer.Redirect(307, links.To(request.BaseUrl, message, item));
        if (MessageLimits.IsHttpUrl(item.Url)) return new Answer.Redirect(307, item.Url);
        return new Answer.Refusal(TwilioError.NotFound(request.Path) with { Cure = Forgotten });
    }

    public Answer Delete(RestRequest request)
    {
        if (Find(request) is not { } message || Item(message, request) is not { } item) return Answer.NotFound(request);
        var left = message with { Extras = message.Extras with { Media = [.. message.Extras.Media.Where(m => m != item)] } };
        world.Store.Put(Message.Table, message.Account, left, MessageEntries.MediaDeleted, request.Cause);
        return new Answer.NoContent();
    }

    private Message? Find(RestRequest request) => world.Store.Table(Message.Table, request.Account).Find(request.PathValues["MessageSid"]);

    private static MediaItem? Item(Message message, RestRequest request) =>
        message.Extras.Media.FirstOrDefault(m => m.Sid == request.PathValues["Sid"]);

    private sealed class MediaFace(Message message, MediaItem item) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "sid": to.Write(item.Sid); break;
                case "account_sid": to.Write(message.Account.Value); break;
                case "parent_sid": to.Write(message.Sid); break;
                case "content_type": to.Write(item.ContentType); break;
                case "date_created": to.Write(message.Created); break;
                case "date_updated": to.Write(message.Updated); break;
                case "uri": to.Write($"/2010-04-01/Accounts/{message.Account.Value}/Messages/{message.Sid}/Media/{item.Sid}.json"); break;
            }
        }
    }
}
