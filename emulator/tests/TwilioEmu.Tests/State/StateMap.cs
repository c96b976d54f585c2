namespace TwilioEmu.Tests.State;

/// <summary>What becomes of a collection when the process ends and the world goes on elsewhere.</summary>
internal enum Fate
{
    /// <summary>A projection: made anew from records while the world is built.</summary>
    Rebuilt,

    /// <summary>Kept beside records (<c>World.Parts</c>).</summary>
    Part,

    /// <summary>A transient: gone, and users are told so.</summary>
    Lost,

    /// <summary>
    /// Belongs to one call, message, request or connection that ends with the process anyway; whoever holds it is in the map.
    /// </summary>
    Passing,

    /// <summary>Filled while the house is built, from code or config, and only read since.</summary>
    Fixed,

    /// <summary>Found or made anew when it is asked for again; nobody can tell that it was gone.</summary>
    Cached,
}

/// <param name="Becomes">What becomes of it.</param>
/// <param name="Why">In words.</param>
/// <param name="Told">Of what is lost, the sentence of <c>Composition/Transients.cs</c>;
/// of what is rebuilt or kept, the type that does it where that is another.</param>
internal sealed record StateRow(Fate Becomes, string Why, string Told = "");

/// <summary>Where the mutable state of a world lies beside its records and entries: every type that keeps a collection, once.</summary>
internal static class StateMap
{
    private const string Calls = "calls, conferences and queues that were going on (calls ended as failed)";
    private const string Phones = "what phones have received, sent and heard, and how the control API told them to behave";
    private const string Smpp = "texts and receipts under way over SMPP, and the message_ids that gateways know";
    private const string Numbers = "that the newest item of a list, or message of a conversation, was removed (its number is given again)";
    private const string SinkNews = "that the debugger was told of an event sink's fault (it is told again)";
    private const string Progress = "cookies that apps set; how far a row of replies, or the answers of an app:, had come";

    /// <summary>Projects that hold nothing of a world's own, or are what state is declared with.</summary>
    public static IReadOnlyDictionary<string, string> Floors { get; } = new Dictionary<string, string>
    {
        ["Kernel"] = "tables, journal, parts, clock and loop: what state is declared with",
        ["Durable"] = "writes the world down, and reads it back",
        ["Media"] = "sound of calls that go on, made anew from the score",
        ["Sip"] = "transactions and dialogs of sockets that close with the process; phones register again",
        ["Smpp"] = "sessions of sockets that close with the process",
        ["Scenarios"] = "reads files, and plays stories that end before the process does",
        ["Twiml"] = "reads documents",
    };

    /// <summary>What is lost though no collection holds it.</summary>
    public static IReadOnlyDictionary<string, string> LostElsewhere { get; } = new Dictionary<string, string>
    {
        ["webhooks before the restart (they cannot be replayed)"] = "the requests as they were, in entries of the journal",
    };

    public static IReadOnlyDictionary<string, StateRow> Rows { get; } = new Dictionary<string, StateRow>
    {
        ["Access.CorsRule"] = new(Fate.Fixed, "the option's"),
        ["Accounts.Attaching.OwnHooks"] = new(Fate.Fixed, "who answers Twilio's own webhooks, filled as products attach"),
        ["Accounts.Numbers.Inventory.NumberSearch"] = new(Fate.Passing, "one search"),
        ["Accounts.Numbers.Inventory.NumberStock"] = new(Fate.Cached, "numbers to be had, drawn anew from the seed"),
        ["Accounts.Numbers.NumberBook"] = new(Fate.Rebuilt, "numbers by address, from their records"),
        ["Accounts.Pricing.NumberRents"] = new(Fate.Part, "since when each number is paid for; the leases are those of the numbers"),
        ["Accounts.Pricing.PriceBook"] = new(Fate.Fixed, "prices of the table and the config"),
        ["Carrier.BrowserPhones.JitterRing"] = new(Fate.Passing, "frames of one person's microphone"),
        ["Carrier.BrowserPhones.PhoneTalks"] = new(Fate.Passing, "people at sockets that close with the process"),
        ["Carrier.Handsets.HandsetEar"] = new(Fate.Passing, "what the owner of a phone heard in one call"),
        ["Carrier.Handsets.HandsetRules"] = new(Fate.Lost, "behaviours of many phones; the config's are put again", Phones),
        ["Carrier.Handsets.LegRegister"] = new(Fate.Lost, "the phones' ends of calls", Calls),
        ["Carrier.Handsets.PhoneMemory"] = new(Fate.Lost, "what phones remember of texts, sounds and codes", Phones),
        ["Carrier.Handsets.Recent"] = new(Fate.Lost, "the last of what a phone got, sent and heard", Phones),
        ["Carrier.Handsets.RememberedPhones"] = new(Fate.Lost, "phones and what they did; those of the config behave as it says", Phones),
        ["Carrier.Handsets.RestingPhones"] = new(Fate.Lost, "phones that nothing happened to but a text", Phones),
        ["Carrier.Handsets.UnreadTexts"] = new(
            Fate.Lost, "texts that their owner has not read yet", "read receipts to come on WhatsApp and RCS"),
        ["Carrier.SipEndpoints.CalleeLeg"] = new(Fate.Passing, "the branches of one call"),
        ["Carrier.SipEndpoints.SipHost"] = new(
            Fate.Lost, "legs of calls, and who registered where; ports and domains are the config's and the records'",
            "SIP registrations (phones register again)"),
        ["Carrier.SmppLinks.CentreLink"] = new(Fate.Passing, "sessions being bound; they are bound again"),
        ["Carrier.SmppLinks.OutgoingText"] = new(Fate.Passing, "the parts of one text under way"),
        ["Carrier.SmppLinks.PlayedGateway"] = new(Fate.Passing, "what a gateway saw that a story plays"),
        ["Carrier.SmppLinks.PlayedSystem"] = new(Fate.Passing, "a gateway that a story plays"),
        ["Carrier.SmppLinks.ReceiptBook"] = new(Fate.Lost, "receipts to come, and those that came early", Smpp),
        ["Carrier.SmppLinks.SmppHost"] = new(Fate.Passing, "sessions of sockets; the links are the config's"),
        ["Carrier.SmppLinks.SmppLink"] = new(Fate.Lost, "texts that wait for a session, and receipts to come", Smpp),
        ["Carrier.SmppLinks.SmppRoutes"] = new(Fate.Fixed, "the config's"),
        ["Carrier.SmppLinks.SubmissionBook"] = new(Fate.Lost, "what gateways submitted, by message_id", Smpp),
        ["Carrier.SmppLinks.SubmissionDesk"] = new(Fate.Cached, "senders whose first text was told of"),
        ["Carrier.Strangers.StrangerLog"] = new(Fate.Cached, "who was told of that came to the wrong port"),
        ["Carrier.Switching.CallSounds"] = new(Fate.Lost, "what parties of the last calls said and heard", "the sound of recordings"),
        ["Carrier.Switching.Exchange"] = new(
            Fate.Rebuilt, "numbers with somebody behind them, told by the number book; routes are attached as the house is built",
            "Accounts.Numbers.NumberBook"),
        ["Composition.FileApp"] = new(Fate.Lost, "which of its answers a file's app gave last", Progress),
        ["Console.Control.WholeConversation"] = new(Fate.Passing, "one answer"),
        ["Console.Stories.StoryDesk"] = new(Fate.Passing, "how stories went: the process's, not a world's"),
        ["Console.Terminal.ConsolePrinter"] = new(Fate.Passing, "what a terminal shows"),
        ["Console.Terminal.ConsoleWords"] = new(Fate.Passing, "what a terminal shows"),
        ["Console.Terminal.Flood"] = new(Fate.Passing, "what a terminal shows"),
        ["Hosting.SnapshotShelf"] = new(Fate.Passing, "snapshots: the process's, not a world's (control-api.md)"),
        ["Messaging.Channels.ChannelSenderBook"] = new(Fate.Rebuilt, "channel senders by address, from their records"),
        ["Messaging.Links.LinkDesk"] = new(Fate.Rebuilt, "hosts of short links, from the domains"),
        ["Messaging.MessagingProduct"] = new(Fate.Fixed, "who wants to see texts: products, as they attach"),
        ["Messaging.Mms.MediaShelf"] = new(Fate.Lost, "pictures and files", "the bytes of media"),
        ["Messaging.Receiving.InboundPace"] = new(Fate.Passing, "texts of one second"),
        ["Messaging.Receiving.LoopGuard"] = new(Fate.Lost, "replies in a row", Progress),
        ["Messaging.Registrations.ProfileDesk"] = new(Fate.Fixed, "the lists it looks after"),
        ["Messaging.Sending.Outbox"] = new(
            Fate.Passing, "who waits for a message to leave, and for its media; both begin again with the message"),
        ["Messaging.Sending.SendQueue"] = new(
            Fate.Part, "when the sender is free again; the messages that wait are those whose records say so"),
        ["Messaging.Sending.StatusReporter"] = new(Fate.Passing, "callbacks held back until the one after them"),
        ["Messaging.Operations.DailyQuota"] = new(Fate.Cached, "messages of the last day, counted anew by the account's list"),
        ["Messaging.Services.Pool"] = new(Fate.Rebuilt, "the senders of a service", "Messaging.Services.ServiceBook"),
        ["Messaging.Services.Schedule"] = new(Fate.Rebuilt, "messages that wait for their time", "Messaging.Services.Resumption"),
        ["Messaging.Services.ServiceBook"] = new(Fate.Rebuilt, "services and their pools, from their records"),
        ["Products.BulkExports.ExportBook.Makers"] = new(Fate.Passing, "one answer"),
        ["Products.Conversations.ConversationNumbers"] = new(Fate.Part, "the next number of a message, one more than was ever given"),
        ["Products.Conversations.ConversationTimers"] = new(Fate.Part, "when conversations move"),
        ["Products.Lookup.LookupOperations.BatchFace"] = new(Fate.Passing, "one answer"),
        ["Products.Events.EventDelivery"] = new(Fate.Part, "batches that still fill, each a part until its sink has taken it"),
        ["Products.Events.Parcel"] = new(Fate.Part, "the events of one batch", "Products.Events.EventDelivery"),
        ["Products.Events.SinkNotices"] = new(Fate.Lost, "when the debugger was last told of a sink", SinkNews),
        ["Products.Proxy.ProxyDesk"] = new(Fate.Passing, "texts taken up at the start; each is a part until its interaction is told"),
        ["Products.Sync.SyncExpiry"] = new(Fate.Part, "when objects and items go"),
        ["Products.Usage.TriggerWatch"] = new(Fate.Part, "days that a trigger waits to look at"),
        ["Products.Usage.UsageLedger"] = new(Fate.Part, "sums of a day"),
        ["Products.Verify.Verifications.VerificationBook"] = new(Fate.Rebuilt, "verifications by when they expire, from their records"),
        ["Rest.Catalog.ApiCatalog"] = new(Fate.Fixed, "the catalog"),
        ["Rest.Catalog.CatalogDocument"] = new(Fate.Fixed, "the catalog"),
        ["Rest.Catalog.Collection"] = new(Fate.Fixed, "the catalog"),
        ["Rest.Catalog.DocumentLoader"] = new(Fate.Fixed, "the catalog"),
        ["Rest.Catalog.RouteTree.Node"] = new(Fate.Fixed, "the catalog"),
        ["Rest.Errors.ApiCodeBook"] = new(Fate.Fixed, "codes that products declare as they attach"),
        ["Rest.FrontDoor"] = new(Fate.Fixed, "behaviours that products hang up as they attach"),
        ["Rest.Pipeline.AnswerWriter"] = new(Fate.Cached, "buffers"),
        ["Rest.Pipeline.BasicCredentials"] = new(Fate.Cached, "what clients show, read anew from their next request"),
        ["Rest.Pipeline.ParsedForm"] = new(Fate.Passing, "one request"),
        ["Rest.Pipeline.RequestsInFlight"] = new(Fate.Passing, "requests being answered"),
        ["Rest.Resources.DocumentMaker"] = new(Fate.Lost, "the next number of a list's item, one more than was ever given", Numbers),
        ["Rest.Resources.ParameterTargets"] = new(Fate.Cached, "where a parameter goes, from the catalog"),
        ["Rest.Resources.Relations"] = new(Fate.Fixed, "a table of facts"),
        ["Rest.Resources.ResourceLocator"] = new(Fate.Fixed, "the catalog"),
        ["Rest.Resources.StoredDocuments"] = new(Fate.Fixed, "collections that products ask for as they attach"),
        ["Rest.Resources.StoredEntries"] = new(Fate.Cached, "kinds of entries, from the catalog"),
        ["Tls.LeafCache"] = new(Fate.Cached, "certificates, issued again when asked for"),
        ["Voice.Calls.CallBook"] = new(Fate.Lost, "calls", Calls),
        ["Voice.Calls.CallQueue"] = new(Fate.Lost, "calls that wait for their second", Calls),
        ["Voice.Calls.CallQueue.Lane"] = new(Fate.Passing, "calls of one account that wait for their second"),
        ["Voice.Calls.CallServices"] = new(Fate.Lost, "payments that go on; routes are attached as the house is built", Calls),
        ["Voice.Calls.IdempotencyKeys"] = new(Fate.Passing, "orders along one call"),
        ["Voice.Calls.LiveCall"] = new(Fate.Passing, "recordings and transcriptions of one call"),
        ["Voice.Conferences.ConferenceBook"] = new(Fate.Lost, "conferences", Calls),
        ["Voice.Conferences.ConferenceInvite"] = new(Fate.Passing, "what REST asked of one participant on its way"),
        ["Voice.Conferences.ConferenceRoom"] = new(Fate.Passing, "members of one conference"),
        ["Voice.Detection.DetectionRun"] = new(Fate.Passing, "one call"),
        ["Voice.Insights.Stay"] = new(Fate.Passing, "one answer, from the journal"),
        ["Voice.Operations.UserMessageOperations"] = new(Fate.Passing, "keys of messages along one call"),
        ["Voice.Paying.PayDetails"] = new(Fate.Passing, "one payment"),
        ["Voice.Paying.PaymentSession"] = new(Fate.Passing, "one payment"),
        ["Voice.Queues.QueueBook"] = new(Fate.Lost, "who waits in queues", Calls),
        ["Voice.Queues.QueueBook.Lineup"] = new(Fate.Passing, "one queue"),
        ["Voice.Recordings.LiveRecording"] = new(Fate.Passing, "one recording"),
        ["Voice.Recordings.LiveSpools.Watch"] = new(Fate.Passing, "one recording"),
        ["Voice.Recordings.RecordingDesk"] = new(Fate.Lost, "recordings that go on", Calls),
        ["Voice.Sound.LegMedia"] = new(Fate.Passing, "one call"),
        ["Voice.Sound.PartyInputs"] = new(Fate.Passing, "one call"),
        ["Voice.Transcribing.LiveTranscription"] = new(Fate.Passing, "one call"),
        ["Voice.Transcribing.LiveTranscription.Ear"] = new(Fate.Passing, "one call"),
        ["Voice.Verbs.Attributes"] = new(Fate.Passing, "one document"),
        ["Voice.Verbs.Dialling.DialRun"] = new(Fate.Passing, "one verb"),
        ["Voice.Verbs.Gathering.Collector"] = new(Fate.Passing, "one verb"),
        ["Voice.Verbs.Recorded.RecordRun"] = new(Fate.Passing, "one verb"),
        ["Voice.WellKnown.BinTemplate"] = new(Fate.Fixed, "the config's"),
        ["Voice.WellKnown.BinTemplate.Node.Section"] = new(Fate.Fixed, "the config's"),
        ["Voice.WellKnown.TwimletRequest"] = new(Fate.Passing, "one request"),
        ["Webhooks.Addresses.UrlsLately"] = new(Fate.Cached, "URLs taken apart"),
        ["Webhooks.Breakpoints.Breakpoint"] = new(
            Fate.Passing, "webhooks held back; callbacks among them are kept by their lanes, documents end with their calls"),
        ["Webhooks.Caching.AnswerCache"] = new(Fate.Cached, "answers that apps allowed to keep"),
        ["Webhooks.Cookies.CookieJars"] = new(Fate.Lost, "cookies", Progress),
        ["Webhooks.Cookies.CookieJars.Jar"] = new(Fate.Lost, "cookies", Progress),
        ["Webhooks.Delivery.CallbackLanes"] = new(Fate.Part, "callbacks not answered yet"),
        ["Webhooks.Delivery.Letterbox"] = new(Fate.Passing, "requests to one origin that wait"),
        ["Webhooks.Delivery.Turnstile"] = new(Fate.Passing, "requests to one origin that wait"),
        ["Webhooks.Exchanges.Exchange"] = new(Fate.Passing, "one webhook"),
        ["Webhooks.Wires.Connecting.Manners"] = new(Fate.Cached, "apps that close connections silently, found out again"),
    };
}
