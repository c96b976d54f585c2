using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.DialingPermissions;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Addresses;
using TwilioEmu.Accounts.Numbers.CallerIds;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Mail;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Strangers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Console.Stories;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Links;
using TwilioEmu.Messaging.Permissions;
using TwilioEmu.Messaging.Registrations;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Products.BulkExports;
using TwilioEmu.Products.Conversations;
using TwilioEmu.Products.Conversations.Files;
using TwilioEmu.Products.Events;
using TwilioEmu.Products.Lookup;
using TwilioEmu.Products.Monitor;
using TwilioEmu.Products.Proxy;
using TwilioEmu.Products.Sip;
using TwilioEmu.Products.Usage;
using TwilioEmu.Products.Verify;
using TwilioEmu.Refusals;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Insights;
using TwilioEmu.Voice.Paying;
using TwilioEmu.Voice.Queues;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Transcribing;
using TwilioEmu.Voice.UserMessages;
using TwilioEmu.Voice.Verbs.Referring;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Composition;

/// <summary>Every kind of journal entry of the house: a room that declares kinds is named here.</summary>
public static class HouseEntries
{
    /// <summary>The registry that claims, docs and windows run over.</summary>
    public static EntryKinds Kinds { get; } = new(
        [
            .. RequestEntries.All, .. MessageEntries.All, .. ConsentEntries.All, .. ServiceEntries.All, .. LinkEntries.All,
            .. ChannelEntries.All, .. RegistrationEntries.All, .. ContentEntries.All, .. GeoPermissionEntries.All, .. CallEntries.All,
            .. TranscriptEntries.All, .. QueueEntries.All, .. ConferenceEntries.All, .. DetectionEntries.All,
            .. RecordingEntries.All, .. TranscriptionEntries.All, .. TranscribingEntries.All, .. PayEntries.All, .. UserMessageEntries.All,
            .. InsightsEntries.All, .. HandsetEntries.All, .. CodeEntries.All, .. MailEntries.All, .. VerifyEntries.All,
            .. PhoneEntries.All, .. FileEntries.All, .. ProxyEntries.All, .. EventEntries.All, .. WebhookEntries.All, Alert.Kind,
            .. AccountEntries.All, .. NumberEntries.All, .. AddressEntries.All, .. CallerIdEntries.All, .. OAuthEntries.All,
            .. ConnectAppEntries.All,
            .. DialingEntries.All, .. UsageEntries.All, .. LookupEntries.All, .. AlarmEntries.All, .. ExportEntries.All,
            .. SipEntries.All, .. SubscriberEntries.All, .. SipDomainEntries.All, .. ReferEntries.All, .. WorldEntries.All,
            .. DoorEntries.All, .. StoryEntries.All,
            .. SmppEntries.All, .. GatewayEntries.All, .. PortEntries.All,
        ],
        Stored);

    private static IEnumerable<EntryKind> Stored()
    {
        var stored = new StoredEntries(Kinds.IsDeclared);
        return ApiCatalog.Open().Documents.SelectMany(stored.Of);
    }
}
