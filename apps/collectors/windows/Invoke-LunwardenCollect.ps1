#Requires -Version 5.1
<#
.SYNOPSIS
  Lunwarden collector for Windows proxies: reads what may write on VMFS LUNs from here, and hands it in as JSON.
.DESCRIPTION
  Read-only: no diskpart, no rescan, no cmdlet that changes a disk, a volume or a setting, no compiled code. It writes its own
  state directory and the file that -OutFile names; -Register adds its copy in Program Files and its scheduled task, and
  -Unregister takes both away. Report format: ProxyReport, schema 1.
  Run it elevated, best as SYSTEM; whatever it may not read is reported as unknown, with the reason.
  Exit codes: 0 done, 1 failed, 2 usage, 3 state directory, 4 key or token refused, 5 report refused, 6 cloned machine, 7 sent later.
.EXAMPLE
  .\Invoke-LunwardenCollect.ps1 -Server https://lunwarden.example -EnrollToken lwe_... -Register
.EXAMPLE
  .\Invoke-LunwardenCollect.ps1 -OutFile C:\Temp\report.json
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
  [string]$OutFile = '',
  [string]$Server = '',
  [string]$EnrollToken = '',
  [ValidateSet('', 'proxy', 'backup-server', 'repository', 'mount-server')]
  [string]$Role = '',
  [ValidateSet('', 'auto', 'direct-san', 'virtual-appliance', 'network')]
  [string]$Transport = '',
  [string]$StateDirectory = '',
  [int]$TimeoutSec = 60,
  [int]$UpdateTimeoutSec = 300,
  [switch]$OnlineScan,
  [switch]$PrintReadList,
  [switch]$SelfTest,
  [switch]$Register,
  [switch]$Unregister
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$script:Name = 'Invoke-LunwardenCollect.ps1'
$script:Version = '0.1.0'
# A scan of Windows Update older than this says nothing about today's updates (days).
$script:ScanDays = 8
$script:SpoolMax = 50

# ---------------------------------------------------------------- facts and their words
# The contract refuses control and direction characters and half surrogates: each becomes U+FFFD and so leaves a trace.
function ConvertTo-PlainText {
  param([object]$Value, [int]$Max)
  $text = [string]$Value
  if ($text.Length -gt $Max) {
    $text = $text.Substring(0, $Max)
  }
  $text = $text -replace '[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]', [string][char]0xFFFD
  return $text -replace '(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])', [string][char]0xFFFD
}

function ConvertTo-TextOrNull {
  param([object]$Value, [int]$Max)
  $text = ([string]$Value).Trim([char]0, [char]32)
  if ($text -eq '') {
    return $null
  }
  return ConvertTo-PlainText -Value $text -Max $Max
}

function Get-UnknownFact {
  param([string]$Reason, [string]$Detail)
  return @{ unknown = $Reason; detail = (ConvertTo-PlainText -Value $Detail -Max 480) }
}

# Why a read failed, in the contract's words. Absence of a class or cmdlet is not the same as being refused.
function Get-FailureFact {
  param([object]$Failure)
  $problem = $Failure.Exception
  $said = [string]$problem.Message
  $native = ''
  if ($problem.PSObject.Properties['NativeErrorCode']) {
    $native = [string]$problem.NativeErrorCode
  }
  $code = '{0:x8}' -f $problem.HResult
  $isDenied = $problem -is [System.UnauthorizedAccessException] -or $problem -is [System.Security.SecurityException]
  if ($isDenied -or $native -eq 'AccessDenied' -or $code -eq '80070005' -or $code -eq '80041003') {
    return Get-UnknownFact -Reason 'denied' -Detail $said
  }
  if ($problem -is [System.TimeoutException] -or $native -eq 'OperationTimeout' -or $code -eq '80041069') {
    return Get-UnknownFact -Reason 'timeout' -Detail $said
  }
  $isMissing = $problem -is [System.Management.Automation.CommandNotFoundException] -or $code -eq '80040154'
  if ($isMissing -or $native -eq 'InvalidClass' -or $native -eq 'InvalidNamespace') {
    return Get-UnknownFact -Reason 'unsupported' -Detail $said
  }
  return Get-UnknownFact -Reason 'error' -Detail $said
}

# All values of a registry key as a hashtable; $null = there is no such key. A key that may not be read throws.
function Get-RegistryKey {
  param([string]$Path)
  try {
    $key = Get-Item -LiteralPath $Path -ErrorAction Stop
  }
  catch [System.Management.Automation.ItemNotFoundException] {
    return $null
  }
  $values = @{}
  foreach ($valueName in $key.GetValueNames()) {
    $values[$valueName] = $key.GetValue($valueName)
  }
  return $values
}

function Get-RegistryValue {
  param([string]$Path, [string]$ValueName)
  $values = Get-RegistryKey -Path $Path
  if ($null -eq $values -or -not $values.ContainsKey($ValueName)) {
    return $null
  }
  return $values[$ValueName]
}

# The raw number: the Storage module shows enumerations as words that differ between versions.
function Get-Raw {
  param([object]$Instance, [string]$Property)
  $found = $Instance.CimInstanceProperties[$Property]
  if ($null -eq $found) {
    return $null
  }
  return $found.Value
}

function Get-Instances {
  param([string]$Class, [string]$Namespace = 'root/cimv2')
  return Get-CimInstance -Namespace $Namespace -ClassName $Class -OperationTimeoutSec $TimeoutSec -ErrorAction Stop
}

# ---------------------------------------------------------------- facts of the machine
function Get-MachineFact {
  $system = Get-Instances -Class Win32_ComputerSystem
  $product = Get-Instances -Class Win32_ComputerSystemProduct
  $uuid = ([string]$product.UUID).ToLowerInvariant()
  if ($uuid -notmatch '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$') {
    $uuid = $null
  }
  $looks = "$($system.Manufacturer) $($system.Model)"
  return @{ value = [ordered]@{
      # HypervisorPresent is also true on a physical Hyper-V host, so the model decides.
      isVirtual = [bool]($looks -match 'VMware|Virtual|KVM|QEMU|Xen|HVM domU|Nutanix')
      vendor    = ConvertTo-PlainText -Value $system.Manufacturer -Max 128
      model     = ConvertTo-PlainText -Value $system.Model -Max 128
      biosUuid  = $uuid
    }
  }
}

function Get-OsFact {
  $os = Get-Instances -Class Win32_OperatingSystem
  $current = Get-RegistryKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $types = @{ 1 = 'workstation'; 2 = 'domain-controller'; 3 = 'server' }
  $type = $types[[int]$os.ProductType]
  if ($null -eq $type) {
    return Get-UnknownFact -Reason 'unrecognised_value' -Detail "ProductType $($os.ProductType)"
  }
  $ubr = $null
  if ($current.ContainsKey('UBR')) {
    $ubr = [int]$current['UBR']
  }
  return @{ value = [ordered]@{
      caption     = ConvertTo-PlainText -Value $os.Caption -Max 128
      version     = [string]$os.Version
      ubr         = $ubr
      edition     = ConvertTo-PlainText -Value $current['EditionID'] -Max 64
      productType = $type
    }
  }
}

# Services cannot tell a proxy from a repository: both run the data mover. The backup server knows.
function Get-RolesFact {
  if ($Role -ne '') {
    return @{ value = @($Role) }
  }
  return Get-UnknownFact -Reason 'not_collected' -Detail 'the backup server knows the roles; or say -Role'
}

function Get-TransportFact {
  if ($Transport -ne '') {
    return @{ value = [ordered]@{ configured = $Transport; source = 'operator' } }
  }
  if (-not (Get-Module -ListAvailable -Name Veeam.Backup.PowerShell)) {
    return Get-UnknownFact -Reason 'not_collected' -Detail 'no Veeam console here; or say -Transport'
  }
  Import-Module -Name Veeam.Backup.PowerShell -ErrorAction Stop -WarningAction SilentlyContinue
  $own = @($env:COMPUTERNAME, [System.Net.Dns]::GetHostEntry('').HostName, 'This server')
  $proxy = @(Get-VBRViProxy -ErrorAction Stop | Where-Object { $own -contains $_.Host.Name }) | Select-Object -First 1
  if ($null -eq $proxy) {
    return Get-UnknownFact -Reason 'not_collected' -Detail 'the backup server has no proxy of this name'
  }
  # Direct SAN carries several names, one a version.
  $modes = @{ Auto = 'auto'; San = 'direct-san'; DirectStorageAccess = 'direct-san'; HotAdd = 'virtual-appliance'; Nbd = 'network' }
  $mode = $modes[[string]$proxy.Options.TransportMode]
  if ($null -eq $mode) {
    return Get-UnknownFact -Reason 'unrecognised_value' -Detail "transport mode $($proxy.Options.TransportMode)"
  }
  return @{ value = [ordered]@{
      configured    = $mode
      allowFallback = [bool]$proxy.Options.FailoverToNetwork
      product       = 'Veeam Backup & Replication'
      source        = 'product'
    }
  }
}

# ---------------------------------------------------------------- the backup server
# Only a backup server has this service and its core; the build is that of the core, which every update replaces.
function Get-ProductCore {
  if (-not (Test-Path -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services\VeeamBackupSvc')) {
    return $null
  }
  $folder = Get-RegistryValue -Path 'HKLM:\SOFTWARE\Veeam\Veeam Backup and Replication' -ValueName 'CorePath'
  if ($null -eq $folder) {
    return $null
  }
  return Get-Item -LiteralPath (Join-Path -Path ([string]$folder) -ChildPath 'Veeam.Backup.Core.dll') -ErrorAction Stop
}

# Private fixes leave their names in the comments of the core. None there does not prove that there is none.
function Get-ProductPatches {
  param([string]$Comments)
  $names = @([regex]::Matches($Comments, 'P[0-9]{8}') | ForEach-Object { $_.Value } | Select-Object -Unique)
  if ($names.Count -eq 0) {
    return Get-UnknownFact -Reason 'unsupported' -Detail 'the core names no private fix'
  }
  return @{ value = @($names) }
}

function Get-ProductFlag {
  param([object]$Of, [string]$Property)
  if ($null -eq $Of -or -not $Of.PSObject.Properties[$Property]) {
    return Get-UnknownFact -Reason 'unsupported' -Detail "this version does not say $Property"
  }
  return @{ value = [bool]$Of.$Property }
}

function Get-ListedProxy {
  param([object]$Proxy)
  $name = [string]$Proxy.Host.Name
  if ($name -eq 'This server') {
    $name = [string]$env:COMPUTERNAME
  }
  $online = Get-ProductFlag -Of $Proxy.Host -Property 'IsUnavailable'
  if ($online.Contains('value')) {
    $online = @{ value = -not $online['value'] }
  }
  $untold = Get-UnknownFact -Reason 'unsupported' -Detail 'only the REST API of the product tells it'
  return [ordered]@{
    hostName          = ConvertTo-PlainText -Value $name -Max 253
    isOnline          = $online
    isDisabled        = Get-ProductFlag -Of $Proxy -Property 'IsDisabled'
    isOutOfDate       = $untold
    encryptsNetwork   = Get-ProductFlag -Of $Proxy.Options -Property 'UseSsl'
    selectsDatastores = $untold
    neededDatastores  = $untold
    sanRestores       = $untold
    jobs              = $untold
  }
}

function Get-ListedProxies {
  if (-not (Get-Module -ListAvailable -Name Veeam.Backup.PowerShell)) {
    return Get-UnknownFact -Reason 'not_collected' -Detail 'no Veeam console here'
  }
  Import-Module -Name Veeam.Backup.PowerShell -ErrorAction Stop -WarningAction SilentlyContinue
  $proxies = @(Get-VBRViProxy -ErrorAction Stop)
  if ($proxies.Count -gt 500) {
    return Get-UnknownFact -Reason 'truncated' -Detail "$($proxies.Count) proxies"
  }
  return @{ value = @($proxies | ForEach-Object { Get-ListedProxy $_ }) }
}

# null = this host is no backup server, which is no gap.
function Get-BackupProductFact {
  $core = Get-ProductCore
  if ($null -eq $core) {
    return @{ value = $null }
  }
  $build = [string]$core.VersionInfo.ProductVersion
  if ($build -notmatch '^[0-9]{1,5}(\.[0-9]{1,6}){1,3}$') {
    return Get-UnknownFact -Reason 'unrecognised_value' -Detail "build $build"
  }
  try {
    $proxies = Get-ListedProxies
  }
  catch {
    $proxies = Get-FailureFact $_
  }
  return @{ value = [ordered]@{
      name           = 'Veeam Backup & Replication'
      build          = $build
      patches        = Get-ProductPatches -Comments ([string]$core.VersionInfo.Comments)
      isDomainJoined = @{ value = [bool](Get-Instances -Class Win32_ComputerSystem).PartOfDomain }
      proxies        = $proxies
    }
  }
}

# ---------------------------------------------------------------- guards
# Preferences that Group Policy has applied lie here as XML. Finding both guards proves that something sets them again;
# finding none proves nothing: DSC, scripts and management tools leave no common trace.
function Get-GuardEnforcementFact {
  $history = Join-Path -Path ([string]$env:ProgramData) -ChildPath 'Microsoft\Group Policy\History'
  $found = @{}
  if (Test-Path -LiteralPath $history) {
    foreach ($file in @(Get-ChildItem -LiteralPath $history -Filter 'Registry.xml' -Recurse -Force -ErrorAction Stop)) {
      $text = [System.IO.File]::ReadAllText($file.FullName)
      foreach ($set in [regex]::Matches($text, '<Properties action="[CRU]"[^>]* key="SYSTEM\\CurrentControlSet\\Services\\(MountMgr|partmgr\\Parameters)" name="(NoAutoMount|SanPolicy)"')) {
        $found[$set.Groups[2].Value] = $true
      }
    }
  }
  if ($found.ContainsKey('NoAutoMount') -and $found.ContainsKey('SanPolicy')) {
    return @{ value = @('group-policy') }
  }
  return Get-UnknownFact -Reason 'unsupported' -Detail 'no policy sets both guards; what else may set them leaves no common trace'
}

# What the Storage module says and what partmgr will use at the next boot; if they differ, neither may count as good.
function Get-SanPolicyFact {
  $names = @{ '1' = 'OnlineAll'; '2' = 'OfflineShared'; '3' = 'OfflineAll'; '4' = 'OfflineInternal' }
  $registry = Get-RegistryValue -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\partmgr\Parameters' -ValueName 'SanPolicy'
  if ($names.ContainsKey([string]$registry)) {
    $registry = $names[[string]$registry]
  }
  $storage = $null
  if (Get-Command -Name Get-StorageSetting -ErrorAction SilentlyContinue) {
    $storage = Get-Raw -Instance (Get-StorageSetting -ErrorAction Stop) -Property NewDiskPolicy
  }
  if ($names.ContainsKey([string]$storage)) {
    $storage = $names[[string]$storage]
  }
  if ($null -eq $registry -and $null -eq $storage) {
    return Get-UnknownFact -Reason 'unsupported' -Detail 'neither Get-StorageSetting nor the registry has a SAN policy'
  }
  if ($null -ne $registry -and $null -ne $storage -and [string]$registry -ne [string]$storage) {
    return Get-UnknownFact -Reason 'conflict' -Detail "Get-StorageSetting says $storage, the registry $registry"
  }
  $policy = $storage
  if ($null -eq $policy) {
    $policy = $registry
  }
  if (-not $names.ContainsValue([string]$policy)) {
    return Get-UnknownFact -Reason 'unrecognised_value' -Detail "SAN policy $policy"
  }
  return @{ value = [string]$policy }
}

function Get-AutomountFact {
  $manager = Get-RegistryKey -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\MountMgr'
  if ($null -eq $manager) {
    return Get-UnknownFact -Reason 'error' -Detail 'the registry has no MountMgr key'
  }
  # Absent or 0 = enabled (Microsoft: mountvol /N).
  if ($manager.ContainsKey('NoAutoMount') -and [int]$manager['NoAutoMount'] -ne 0) {
    return @{ value = 'disabled' }
  }
  return @{ value = 'enabled' }
}

# Remembered letters and volumes of which none is present: they come back with their disk.
function Get-StaleMountPointFact {
  $remembered = Get-RegistryKey -Path 'HKLM:\SYSTEM\MountedDevices'
  if ($null -eq $remembered) {
    return Get-UnknownFact -Reason 'error' -Detail 'the registry has no MountedDevices key'
  }
  $present = @{}
  foreach ($volume in @(Get-Instances -Class Win32_Volume)) {
    if ($volume.DeviceID -match '(Volume\{[0-9a-f-]+\})') {
      $present['\??\' + $Matches[1]] = $true
    }
    if ($volume.DriveLetter) {
      $present['\DosDevices\' + $volume.DriveLetter] = $true
    }
  }
  $stale = @($remembered.Keys | Where-Object { $_ -match '^\\(\?\?\\Volume\{|DosDevices\\)' -and -not $present.ContainsKey($_) })
  return @{ value = $stale.Count }
}

# ---------------------------------------------------------------- disks
# Page 0x83 as the port driver read it at start, by address `port/bus/target/lun`.
function Get-Vpd83ByAddress {
  $pages = @{}
  $root = 'HKLM:\HARDWARE\DEVICEMAP\Scsi'
  foreach ($key in @(Get-Item -Path "$root\Scsi Port *\Scsi Bus *\Target Id *\Logical Unit Id *" -ErrorAction SilentlyContinue)) {
    $page = $key.GetValue('DeviceIdentifierPage')
    $isPage = $page -is [byte[]] -and $page.Length -ge 4 -and $page.Length -le 4096 -and $page[1] -eq 0x83
    if ($isPage -and $key.Name -match 'Scsi Port (\d+)\\Scsi Bus (\d+)\\Target Id (\d+)\\Logical Unit Id (\d+)$') {
      $address = '{0}/{1}/{2}/{3}' -f $Matches[1], $Matches[2], $Matches[3], $Matches[4]
      $pages[$address] = ([System.BitConverter]::ToString($page) -replace '-', '').ToLowerInvariant()
    }
  }
  return $pages
}

function Get-Vpd83ByDisk {
  $pages = Get-Vpd83ByAddress
  $found = @{}
  foreach ($drive in @(Get-Instances -Class Win32_DiskDrive)) {
    $address = '{0}/{1}/{2}/{3}' -f $drive.SCSIPort, $drive.SCSIBus, $drive.SCSITargetId, $drive.SCSILogicalUnit
    if ($pages.ContainsKey($address)) {
      $found[[int]$drive.Index] = $pages[$address]
    }
  }
  return $found
}

function Get-FlagFact {
  param([object]$Value)
  if ($Value -is [bool]) {
    return @{ value = $Value }
  }
  return @{ unknown = 'error' }
}

function Get-PartitionItem {
  param([object]$Partition)
  $gpt = $null
  if ([string](Get-Raw $Partition GptType) -ne '') {
    $gpt = ([string](Get-Raw $Partition GptType)).Trim('{', '}').ToLowerInvariant()
  }
  $mbr = $null
  if ($null -eq $gpt -and $null -ne (Get-Raw $Partition MbrType)) {
    $mbr = [int](Get-Raw $Partition MbrType)
  }
  # \\?\Volume{...}\ names every volume; letters and folders are what somebody gave it.
  $paths = @(@(Get-Raw $Partition AccessPaths) | Where-Object { $_ -and $_ -notlike '\\?\Volume*' } | Select-Object -First 64 | ForEach-Object { ConvertTo-PlainText $_ 512 })
  return [ordered]@{
    number      = [int](Get-Raw $Partition PartitionNumber)
    gptType     = $gpt
    mbrType     = $mbr
    sizeBytes   = [string][uint64](Get-Raw $Partition Size)
    accessPaths = $paths
  }
}

function Get-DiskItem {
  param([object]$Disk, [object]$Partitions, [hashtable]$Pages)
  $number = [int](Get-Raw $Disk Number)
  $style = 'unknown'
  $styles = @{ '0' = 'RAW'; '1' = 'MBR'; '2' = 'GPT' }
  if ($styles.ContainsKey([string](Get-Raw $Disk PartitionStyle))) {
    $style = $styles[[string](Get-Raw $Disk PartitionStyle)]
  }
  $signature = Get-Raw $Disk Guid
  if ($style -eq 'MBR' -and $null -ne (Get-Raw $Disk Signature)) {
    $signature = '0x{0:x8}' -f (Get-Raw $Disk Signature)
  }
  $offlineReason = $null
  if ((Get-Raw $Disk IsOffline) -eq $true -and $null -ne (Get-Raw $Disk OfflineReason)) {
    $offlineReason = [int](Get-Raw $Disk OfflineReason)
  }
  $format = Get-Raw $Disk UniqueIdFormat
  if ($null -ne $format) {
    $format = [int]$format
  }
  $own = $Partitions
  if ($own.ContainsKey('value')) {
    $own = @{ value = @($Partitions['value'] | Where-Object { (Get-Raw $_ DiskNumber) -eq $number } | ForEach-Object { Get-PartitionItem $_ }) }
  }
  return [ordered]@{
    number         = $number
    friendlyName   = ConvertTo-PlainText (Get-Raw $Disk FriendlyName) 256
    busType        = [int](Get-Raw $Disk BusType)
    uniqueId       = ConvertTo-TextOrNull (Get-Raw $Disk UniqueId) 512
    uniqueIdFormat = $format
    vpd83          = $Pages[$number]
    serialNumber   = ConvertTo-TextOrNull (Get-Raw $Disk SerialNumber) 256
    sizeBytes      = [string][uint64](Get-Raw $Disk Size)
    isOffline      = Get-FlagFact (Get-Raw $Disk IsOffline)
    isReadOnly     = Get-FlagFact (Get-Raw $Disk IsReadOnly)
    offlineReason  = $offlineReason
    partitionStyle = $style
    signature      = ConvertTo-TextOrNull $signature 64
    isBoot         = [bool](Get-Raw $Disk IsBoot)
    isSystem       = [bool](Get-Raw $Disk IsSystem)
    partitions     = $own
  }
}

# 2008 R2 has no storage classes: the LUNs can still be named, and what guards them stays unknown.
function Get-OldDiskItem {
  param([object]$Drive, [hashtable]$Pages)
  $missing = @{ unknown = 'unsupported' }
  return [ordered]@{
    number         = [int]$Drive.Index
    friendlyName   = ConvertTo-PlainText $Drive.Model 256
    busType        = 0
    uniqueId       = $null
    uniqueIdFormat = $null
    vpd83          = $Pages[[int]$Drive.Index]
    serialNumber   = ConvertTo-TextOrNull $Drive.SerialNumber 256
    sizeBytes      = [string]([uint64]$Drive.Size)
    isOffline      = $missing
    isReadOnly     = $missing
    offlineReason  = $null
    partitionStyle = 'unknown'
    signature      = $null
    isBoot         = $false
    isSystem       = $false
    partitions     = $missing
  }
}

function Get-DisksFact {
  $pages = @{}
  try {
    $pages = Get-Vpd83ByDisk
  }
  catch {
    Write-Verbose "no VPD pages: $($_.Exception.Message)"
  }
  try {
    $disks = @(Get-Instances -Class MSFT_Disk -Namespace root/Microsoft/Windows/Storage)
  }
  catch {
    $why = Get-FailureFact $_
    if ($why['unknown'] -ne 'unsupported') {
      return $why
    }
    $old = @(Get-Instances -Class Win32_DiskDrive | ForEach-Object { Get-OldDiskItem $_ $pages })
    return @{ value = $old }
  }
  # A Windows without a disk does not start: an empty list means that it was not shown.
  if ($disks.Count -eq 0) {
    return Get-UnknownFact -Reason 'error' -Detail 'the storage classes list no disk at all'
  }
  try {
    $partitions = @{ value = @(Get-Instances -Class MSFT_Partition -Namespace root/Microsoft/Windows/Storage) }
  }
  catch {
    $partitions = Get-FailureFact $_
  }
  return @{ value = @($disks | ForEach-Object { Get-DiskItem $_ $partitions $pages }) }
}

# ---------------------------------------------------------------- updates
# The agent may hang for hours when its store is damaged, so it is asked in a job that can be given up.
function Get-UpdateAgentAnswer {
  param([bool]$Online, [int]$Days)
  $job = Start-Job -ArgumentList $Online, $Days -ScriptBlock {
    param($Online, $Days)
    $ErrorActionPreference = 'Stop'
    $searcher = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher()
    $searcher.Online = $Online
    $scannedAt = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
    $isFresh = $Online -or ($scannedAt -and ([DateTime]::UtcNow - [DateTime]$scannedAt).TotalDays -lt $Days)
    $pending = @()
    if ($isFresh) {
      $pending = @($searcher.Search('IsInstalled=0').Updates | ForEach-Object {
          $update = $_
          $id = [string]$update.Identity.UpdateID
          if ($update.KBArticleIDs.Count -gt 0) {
            $id = 'KB' + $update.KBArticleIDs.Item(0)
          }
          @{
            id = $id; title = [string]$update.Title; severity = [string]$update.MsrcSeverity
            categories = @($update.Categories | ForEach-Object { [string]$_.Name })
            cves = @($update.CveIDs | ForEach-Object { [string]$_ })
            needsReboot = ($update.InstallationBehavior.RebootBehavior -ne 0)
          }
        })
    }
    $history = @()
    $total = $searcher.GetTotalHistoryCount()
    if ($total -gt 0) {
      $history = @($searcher.QueryHistory(0, [Math]::Min($total, 1000)) | Where-Object { $_.Operation -eq 1 } | ForEach-Object {
          @{ id = [string]$_.UpdateIdentity.UpdateID; title = [string]$_.Title; at = $_.Date.ToString('yyyy-MM-ddTHH:mm:ssZ', [System.Globalization.CultureInfo]::InvariantCulture)
            result = [int]$_.ResultCode; hresult = [int]$_.HResult
          }
        })
    }
    @{ isFresh = [bool]$isFresh; pending = $pending; history = $history }
  }
  try {
    if (-not (Wait-Job -Job $job -Timeout $UpdateTimeoutSec)) {
      throw (New-Object System.TimeoutException "the Windows Update agent did not answer within $UpdateTimeoutSec s")
    }
    return Receive-Job -Job $job -ErrorAction Stop
  }
  finally {
    Remove-Job -Job $job -Force
  }
}

# One question for three facts; a failure is remembered and is the failure of each.
function Get-UpdateAgent {
  if ($null -eq $script:Agent) {
    try {
      $script:Agent = @{ answer = (Get-UpdateAgentAnswer -Online ([bool]$OnlineScan) -Days $script:ScanDays) }
    }
    catch {
      $script:Agent = @{ failure = (Get-FailureFact $_) }
    }
  }
  return $script:Agent
}

function Get-PendingUpdatesFact {
  $agent = Get-UpdateAgent
  if ($agent.ContainsKey('failure')) {
    return $agent['failure']
  }
  if (-not $agent['answer']['isFresh']) {
    return Get-UnknownFact -Reason 'stale' -Detail "Windows Update last searched more than $($script:ScanDays) days ago, or never; or say -OnlineScan"
  }
  $updates = @($agent['answer']['pending'])
  if ($updates.Count -gt 2000) {
    return @{ unknown = 'truncated' }
  }
  return @{ value = @($updates | ForEach-Object {
        $severity = ([string]$_['severity']).ToLowerInvariant()
        if (@('critical', 'important', 'moderate', 'low') -notcontains $severity) {
          $severity = 'unspecified'
        }
        [ordered]@{
          id          = ConvertTo-PlainText $_['id'] 128
          title       = ConvertTo-PlainText $_['title'] 512
          severity    = $severity
          categories  = @(@($_['categories']) | Select-Object -First 32 | ForEach-Object { ConvertTo-PlainText $_ 128 })
          cves        = @(@($_['cves']) | ForEach-Object { [string]$_ } | Where-Object { $_ -match '^CVE-[0-9]{4}-[0-9]{4,19}$' } | Select-Object -First 1000)
          needsReboot = [bool]$_['needsReboot']
        }
      })
  }
}

function Get-UpdateHistoryFact {
  $agent = Get-UpdateAgent
  if ($agent.ContainsKey('failure')) {
    return $agent['failure']
  }
  $results = @{ 1 = 'in-progress'; 2 = 'succeeded'; 3 = 'succeeded-with-errors'; 4 = 'failed'; 5 = 'aborted' }
  return @{ value = @(@($agent['answer']['history']) | Where-Object { $results.ContainsKey([int]$_['result']) } | Select-Object -First 200 | ForEach-Object {
        $id = [string]$_['id']
        if ([string]$_['title'] -match '\b(KB[0-9]{6,8})\b') {
          $id = $Matches[1]
        }
        $hresult = $null
        if ([int]$_['hresult'] -ne 0) {
          $hresult = '0x{0:x8}' -f [int]$_['hresult']
        }
        [ordered]@{
          id      = ConvertTo-PlainText $id 128
          title   = ConvertTo-PlainText $_['title'] 512
          at      = [string]$_['at']
          result  = $results[[int]$_['result']]
          hresult = $hresult
        }
      })
  }
}

# Signatures of Defender (KB2267602 and its like) come daily and would hide that nothing else was installed for months.
function Get-LastUpdateFact {
  $agent = Get-UpdateAgent
  if ($agent.ContainsKey('failure')) {
    return $agent['failure']
  }
  $done = @(@($agent['answer']['history']) | Where-Object { [int]$_['result'] -eq 2 -and [string]$_['title'] -notmatch 'KB2267602|KB4052623|KB890830' })
  $newest = @($done | ForEach-Object { [string]$_['at'] } | Sort-Object -Descending) | Select-Object -First 1
  return @{ value = $newest }
}

function Get-InstalledUpdatesFact {
  $ids = @(Get-Instances -Class Win32_QuickFixEngineering | ForEach-Object { ConvertTo-PlainText $_.HotFixID 32 } | Sort-Object -Unique)
  return @{ value = $ids }
}

function Get-PendingRebootFact {
  $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
  $manager = 'HKLM:\SYSTEM\CurrentControlSet\Control'
  $reasons = @()
  if ($null -ne (Get-RegistryKey "$windows\Component Based Servicing\RebootPending")) {
    $reasons += 'CBS RebootPending'
  }
  if ($null -ne (Get-RegistryKey "$windows\WindowsUpdate\Auto Update\RebootRequired")) {
    $reasons += 'Windows Update RebootRequired'
  }
  if (@(Get-RegistryValue "$manager\Session Manager" 'PendingFileRenameOperations').Where({ $_ }).Count -gt 0) {
    $reasons += 'PendingFileRenameOperations'
  }
  $active = Get-RegistryValue "$manager\ComputerName\ActiveComputerName" 'ComputerName'
  $next = Get-RegistryValue "$manager\ComputerName\ComputerName" 'ComputerName'
  if ($active -ne $next) {
    $reasons += 'computer rename'
  }
  return @{ value = @($reasons) }
}

function Get-UpdatePolicyFact {
  $policy = Get-RegistryKey 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'
  if ($null -eq $policy) {
    $policy = @{}
  }
  $flag = {
    param($key)
    if ($policy.ContainsKey($key)) {
      [int]$policy[$key] -ne 0
    }
  }
  $number = {
    param($key, $highest)
    if ($policy.ContainsKey($key)) {
      if ([int]$policy[$key] -lt 0 -or [int]$policy[$key] -gt $highest) {
        throw "$key is $($policy[$key])"
      }
      [int]$policy[$key]
    }
  }
  return @{ value = [ordered]@{
      noAutoUpdate         = & $flag 'NoAutoUpdate'
      auOptions            = & $number 'AUOptions' 10
      scheduledInstallDay  = & $number 'ScheduledInstallDay' 7
      scheduledInstallHour = & $number 'ScheduledInstallTime' 23
      alwaysAutoReboot     = & $flag 'AlwaysAutoRebootAtScheduledTime'
      usesWsus             = & $flag 'UseWUServer'
    }
  }
}

# Free space of a partition of the boot disk by its GPT type; the volume is asked through WMI and is not mounted.
function Get-FreeMb {
  param([object[]]$Partitions, [string]$GptType)
  $match = @($Partitions | Where-Object { ([string](Get-Raw $_ GptType)).Trim('{', '}') -eq $GptType }) | Select-Object -First 1
  if ($null -eq $match) {
    return $null
  }
  $volume = @(Get-CimAssociatedInstance -InputObject $match -ResultClassName MSFT_Volume -OperationTimeoutSec $TimeoutSec) | Select-Object -First 1
  if ($null -eq $volume) {
    return $null
  }
  return [int][Math]::Floor((Get-Raw $volume SizeRemaining) / 1048576)
}

function Get-BootSpaceFact {
  $storage = 'root/Microsoft/Windows/Storage'
  $boot = @(Get-Instances -Class MSFT_Disk -Namespace $storage | Where-Object { (Get-Raw $_ IsBoot) -or (Get-Raw $_ IsSystem) } | ForEach-Object { Get-Raw $_ Number })
  $partitions = @(Get-Instances -Class MSFT_Partition -Namespace $storage | Where-Object { $boot -contains (Get-Raw $_ DiskNumber) })
  # reagentc speaks the language of the system; its file does not. State 1 = enabled.
  $winRe = $null
  $config = Join-Path -Path $env:SystemRoot -ChildPath 'System32\Recovery\ReAgent.xml'
  if (Test-Path -LiteralPath $config) {
    $xml = [xml](Get-Content -LiteralPath $config -Raw)
    $winRe = [bool]($xml.WindowsRE.InstallState.state -eq '1')
  }
  return @{ value = [ordered]@{
      systemPartitionFreeMb   = Get-FreeMb $partitions 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'
      recoveryPartitionFreeMb = Get-FreeMb $partitions 'de94bba4-06d1-4d40-a16a-bfd50179d6ac'
      winReEnabled            = $winRe
    }
  }
}

# ---------------------------------------------------------------- report
function Test-Elevated {
  $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
  return (New-Object System.Security.Principal.WindowsPrincipal $identity).IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
}

# Milliseconds since boot from the performance counter, which no one can set back.
function Get-UptimeMs {
  return [long]([System.Diagnostics.Stopwatch]::GetTimestamp() * 1000.0 / [System.Diagnostics.Stopwatch]::Frequency)
}

function Get-UtcNow {
  return [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [System.Globalization.CultureInfo]::InvariantCulture)
}

# RFC 9562: 48 bits of milliseconds; the random tail keeps the variant of the version 4 GUID it is cut from.
function Get-UuidV7 {
  $time = [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds().ToString('x12')
  $random = [Guid]::NewGuid().ToString().Split('-')
  return '{0}-{1}-7{2}-{3}-{4}' -f $time.Substring(0, 8), $time.Substring(8, 4), $random[2].Substring(1), $random[3], $random[4]
}

$script:Parts = [ordered]@{
  'machine'        = @('machine', 'Get-MachineFact')
  'os'             = @('os', 'Get-OsFact')
  'roles'          = @('roles', 'Get-RolesFact')
  'transport'      = @('transport', 'Get-TransportFact')
  'san-policy'     = @('sanPolicy', 'Get-SanPolicyFact')
  'automount'      = @('automount', 'Get-AutomountFact')
  'mount-points'   = @('staleMountPoints', 'Get-StaleMountPointFact')
  'disks'          = @('disks', 'Get-DisksFact')
  'updates'        = @('pendingUpdates', 'Get-PendingUpdatesFact')
  'update-history' = @('updateHistory', 'Get-UpdateHistoryFact')
  'last-update'    = @('lastUpdateSuccessAt', 'Get-LastUpdateFact')
  'hotfixes'       = @('installedUpdates', 'Get-InstalledUpdatesFact')
  'reboot'         = @('pendingReboot', 'Get-PendingRebootFact')
  'update-policy'  = @('updatePolicy', 'Get-UpdatePolicyFact')
  'boot-space'     = @('bootSpace', 'Get-BootSpaceFact')
  'enforcement'    = @('guardEnforcement', 'Get-GuardEnforcementFact')
  'backup-product' = @('backupProduct', 'Get-BackupProductFact')
}

function Get-Status {
  param([object]$Fact)
  if (-not $Fact.Contains('unknown')) {
    return 'ok'
  }
  $words = @{ denied = 'denied'; timeout = 'timeout'; unsupported = 'unsupported'; not_collected = 'skipped' }
  if ($words.ContainsKey($Fact['unknown'])) {
    return $words[$Fact['unknown']]
  }
  return 'error'
}

# Whatever one part does, it costs its own fact and no other.
function Get-Report {
  param([hashtable]$State)
  $script:Agent = $null
  $hostname = [string]$env:COMPUTERNAME -replace '[^A-Za-z0-9._-]', '-'
  $facts = [ordered]@{ platform = 'windows'; hostname = $hostname; elevated = [bool](Test-Elevated) }
  $runs = @()
  foreach ($part in $script:Parts.GetEnumerator()) {
    $began = Get-UptimeMs
    try {
      $read = $part.Value[1]
      $fact = & $read
      if (-not ($fact -is [System.Collections.IDictionary])) {
        $fact = Get-UnknownFact -Reason 'error' -Detail 'the part broke off'
      }
    }
    catch {
      $fact = Get-FailureFact $_
    }
    $facts[$part.Value[0]] = $fact
    $runs += [ordered]@{ name = $part.Key; status = (Get-Status $fact); durationMs = [int]((Get-UptimeMs) - $began) }
  }
  $digest = $null
  if ($PSCommandPath) {
    $digest = (Get-FileHash -LiteralPath $PSCommandPath -Algorithm SHA256).Hash.ToLowerInvariant()
  }
  $report = [ordered]@{
    schema      = 1
    reportId    = Get-UuidV7
    installId   = $State['installId']
    bootId      = $State['bootId']
    seq         = $State['seq']
    collectedAt = Get-UtcNow
  }
  # Somebody waits for facts that were read after the receipt that brought this.
  if ([string]$State['nonce'] -ne '') {
    $report['nonce'] = $State['nonce']
  }
  $report['collector'] = [ordered]@{ name = $script:Name; version = $script:Version; sha256 = $digest }
  $report['collectors'] = @($runs)
  $report['facts'] = $facts
  return $report
}

# Age, time of sending and losses are only known when a report is sent, so they are put before what was kept.
function Join-Report {
  param([string]$Body, [object]$AgeMs, [int]$Dropped)
  $head = ConvertTo-Json -Compress -InputObject ([ordered]@{ ageMs = $AgeMs; sentAt = (Get-UtcNow); dropped = $Dropped })
  return $head.TrimEnd('}') + ',' + $Body.TrimStart('{')
}

# ---------------------------------------------------------------- state: the only things this script writes
function Write-StateFile {
  param([string]$Path, [string]$Text)
  [System.IO.File]::WriteAllText("$Path.new", $Text, (New-Object System.Text.UTF8Encoding $false))
  if ([System.IO.File]::Exists($Path)) {
    [System.IO.File]::Delete($Path)
  }
  [System.IO.File]::Move("$Path.new", $Path)
}

function Remove-StateFile {
  param([string]$Path)
  [System.IO.File]::Delete($Path)
}

function Get-StateDirectory {
  if ($StateDirectory -ne '') {
    return $StateDirectory
  }
  if (Test-Elevated) {
    return Join-Path -Path $env:ProgramData -ChildPath 'Lunwarden'
  }
  return Join-Path -Path $env:LOCALAPPDATA -ChildPath 'Lunwarden'
}

# Users may write into ProgramData, and the key of this host lies here: only SYSTEM and administrators get in, and a
# directory that somebody else put there first is not taken.
function Initialize-StateDirectory {
  param([string]$Path)
  $isShared = (Test-Elevated) -and $StateDirectory -eq ''
  if (-not [System.IO.Directory]::Exists($Path)) {
    [void][System.IO.Directory]::CreateDirectory($Path)
    if ($isShared) {
      & icacls.exe $Path /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' /Q | Out-Null
      & icacls.exe $Path /setowner '*S-1-5-32-544' /Q | Out-Null
    }
  }
  if ($isShared) {
    $owner = (Get-Acl -LiteralPath $Path).GetOwner([System.Security.Principal.SecurityIdentifier]).Value
    if (@('S-1-5-18', 'S-1-5-32-544') -notcontains $owner) {
      throw "$Path belongs to $owner, not to the administrators"
    }
  }
  [void][System.IO.Directory]::CreateDirectory((Join-Path -Path $Path -ChildPath 'spool'))
}

# A machine that does not tell its UUID cannot be told from its clone; it still reports.
function Get-MachineUuid {
  try {
    return [string](Get-Instances -Class Win32_ComputerSystemProduct).UUID
  }
  catch {
    return ''
  }
}

# Windows has no id of a boot. It is the same boot while uptime only grows and now minus uptime stays where it was; a clock
# that was set in between looks like a boot, which costs a proof of age and claims none.
function Get-State {
  param([string]$Directory)
  Initialize-StateDirectory -Path $Directory
  $file = Join-Path -Path $Directory -ChildPath 'state.json'
  $uptime = Get-UptimeMs
  $bootAt = [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds() - $uptime
  $machine = Get-MachineUuid
  $state = @{ installId = [Guid]::NewGuid().ToString(); machine = $machine; bootId = [Guid]::NewGuid().ToString(); bootAt = $bootAt; uptime = $uptime; seq = 0; dropped = 0; server = ''; key = ''; nonce = '' }
  if ([System.IO.File]::Exists($file)) {
    $kept = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($file))
    foreach ($key in @('installId', 'machine', 'server', 'key', 'dropped')) {
      $state[$key] = $kept.$key
    }
    # A state of an older script has none.
    if ($kept.PSObject.Properties['nonce']) {
      $state['nonce'] = $kept.nonce
    }
    if ([Math]::Abs($kept.bootAt - $bootAt) -lt 120000 -and $uptime -ge $kept.uptime) {
      $state['bootId'] = $kept.bootId
      $state['seq'] = $kept.seq + 1
    }
  }
  $state['isClone'] = $machine -ne '' -and [string]$state['machine'] -ne '' -and [string]$state['machine'] -ne $machine
  if ($state['isClone'] -and $EnrollToken -ne '') {
    $state['installId'] = [Guid]::NewGuid().ToString()
    $state['machine'] = $machine
    $state['key'] = ''
    $state['isClone'] = $false
  }
  $state['file'] = $file
  return $state
}

function Save-State {
  param([hashtable]$State)
  $kept = [ordered]@{}
  foreach ($key in @('installId', 'machine', 'bootId', 'bootAt', 'uptime', 'seq', 'dropped', 'server', 'key', 'nonce')) {
    $kept[$key] = $State[$key]
  }
  Write-StateFile -Path $State['file'] -Text (ConvertTo-Json -Compress -InputObject $kept)
}

# A task of SYSTEM must not run a file that others may change, so the script is copied to Program Files first.
function Install-Collector {
  $folder = Join-Path -Path $env:ProgramFiles -ChildPath 'Lunwarden'
  $target = Join-Path -Path $folder -ChildPath $script:Name
  [void][System.IO.Directory]::CreateDirectory($folder)
  if ($PSCommandPath -ne $target) {
    [System.IO.File]::Copy($PSCommandPath, $target, $true)
  }
  $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$target`""
  $every = New-TimeSpan -Minutes 5
  # Ten years: without an end, 2012 R2 refuses the repetition; with the longest one, 2016 does.
  $repeated = New-ScheduledTaskTrigger -Once -At ([DateTime]::Now) -RepetitionInterval $every -RepetitionDuration (New-TimeSpan -Days 3650)
  $atStart = New-ScheduledTaskTrigger -AtStartup
  $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -RunLevel Highest
  $settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit (New-TimeSpan -Minutes 20) -MultipleInstances IgnoreNew -StartWhenAvailable
  [void](Register-ScheduledTask -TaskName $script:Name -Action $action -Trigger $repeated, $atStart -Principal $principal -Settings $settings -Force)
  Write-Output "runs every 5 minutes as SYSTEM: $target"
}

function Uninstall-Collector {
  Unregister-ScheduledTask -TaskName $script:Name -Confirm:$false
  [System.IO.File]::Delete((Join-Path -Path $env:ProgramFiles -ChildPath "Lunwarden\$($script:Name)"))
  Write-Output "no longer runs; what is left lies in $(Get-StateDirectory)"
}

# ---------------------------------------------------------------- sending
function Assert-Server {
  param([string]$Address)
  # Without TLS only within this machine, e.g. through a tunnel that ends here.
  if ($Address -notmatch '^https://' -and $Address -notmatch '^http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?(/|$)') {
    Stop-Collector 2 'the server must be an https:// address'
  }
}

function Stop-Collector {
  param([int]$Code, [string]$Message)
  [Console]::Error.WriteLine("$($script:Name): $Message")
  exit $Code
}

# The status and the text of the answer; status 0 = no answer. Certificates are always checked, redirects never followed.
function Send-Json {
  param([string]$Url, [byte[]]$Body, [hashtable]$Headers)
  [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.ServicePointManager]::SecurityProtocol -bor [System.Net.SecurityProtocolType]::Tls12
  try {
    $answer = Invoke-WebRequest -Uri $Url -Method Post -Body $Body -ContentType 'application/json' -Headers $Headers -UseBasicParsing -MaximumRedirection 0 -TimeoutSec $TimeoutSec
    return @{ status = [int]$answer.StatusCode; text = [string]$answer.Content }
  }
  catch {
    $response = $null
    if ($_.Exception.PSObject.Properties['Response']) {
      $response = $_.Exception.Response
    }
    if ($null -eq $response) {
      return @{ status = 0; text = [string]$_.Exception.Message }
    }
    return @{ status = [int]$response.StatusCode; text = [string]$_.ErrorDetails }
  }
}

function ConvertTo-Gzip {
  param([string]$Text)
  $bytes = (New-Object System.Text.UTF8Encoding $false).GetBytes($Text)
  $memory = New-Object System.IO.MemoryStream
  $gzip = New-Object System.IO.Compression.GZipStream $memory, ([System.IO.Compression.CompressionMode]::Compress)
  $gzip.Write($bytes, 0, $bytes.Length)
  $gzip.Dispose()
  return , $memory.ToArray()
}

function Register-Host {
  param([hashtable]$State)
  Assert-Server $Server
  $request = ConvertTo-Json -Compress -InputObject ([ordered]@{ token = $EnrollToken; installId = $State['installId']; hostname = ([string]$env:COMPUTERNAME -replace '[^A-Za-z0-9._-]', '-'); platform = 'windows' })
  $answer = Send-Json -Url "$($Server.TrimEnd('/'))/api/v1/enroll" -Body ([System.Text.Encoding]::UTF8.GetBytes($request)) -Headers @{}
  if ($answer['status'] -ne 201) {
    Stop-Collector 4 "enrolment refused (HTTP $($answer['status'])): $(ConvertTo-PlainText $answer['text'] 300)"
  }
  $State['key'] = (ConvertFrom-Json -InputObject $answer['text']).key
  $State['server'] = $Server
  Save-State $State
  Write-Output "enrolled with $Server"
}

function Get-Spool {
  param([string]$Directory)
  return @(Get-ChildItem -LiteralPath (Join-Path -Path $Directory -ChildPath 'spool') -Filter '*.json' | Sort-Object -Property Name)
}

# Names sort by time: seconds, boot, uptime in ms. The newest 50 are kept, what was lost is counted.
function Add-ToSpool {
  param([string]$Directory, [hashtable]$State, [string]$Body, [long]$Began)
  $seconds = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
  Write-StateFile -Path (Join-Path -Path $Directory -ChildPath "spool\${seconds}_$($State['bootId'])_${Began}.json") -Text $Body
  $kept = @(Get-Spool $Directory)
  for ($extra = 0; $extra -lt $kept.Count - $script:SpoolMax; $extra++) {
    Remove-StateFile $kept[$extra].FullName
    $State['dropped'] = [int]$State['dropped'] + 1
  }
  Save-State $State
}

# After a reboot, or past seven days, nothing proves how old a kept report is.
function Get-AgeMs {
  param([string]$FileName, [string]$BootId)
  $parts = ($FileName -replace '\.json$', '').Split('_')
  $age = (Get-UptimeMs) - [long]$parts[2]
  if ($parts[1] -ne $BootId -or $age -lt 0 -or $age -gt 604800000) {
    return $null
  }
  return $age
}

# Of the newest receipt; a receipt without one says that nobody waits any more.
function Get-Nonce {
  param([string]$Receipt)
  $found = [regex]::Match($Receipt, '"nonce"\s*:\s*"([A-Za-z0-9_-]{16,64})"')
  if ($found.Success) {
    return $found.Groups[1].Value
  }
  return ''
}

function Send-Spool {
  param([string]$Directory, [hashtable]$State)
  $refused = ''
  foreach ($file in @(Get-Spool $Directory)) {
    $body = Join-Report -Body ([System.IO.File]::ReadAllText($file.FullName)) -AgeMs (Get-AgeMs $file.Name $State['bootId']) -Dropped ([int]$State['dropped'])
    $headers = @{ Authorization = "Bearer $($State['key'])"; 'Content-Encoding' = 'gzip' }
    $answer = Send-Json -Url "$($State['server'].TrimEnd('/'))/api/v1/reports" -Body (ConvertTo-Gzip $body) -Headers $headers
    $status = $answer['status']
    if ($status -eq 200 -or $status -eq 202) {
      Remove-StateFile $file.FullName
      $State['dropped'] = 0
      $State['nonce'] = Get-Nonce ([string]$answer['text'])
      Save-State $State
    }
    elseif ($status -eq 401) {
      Stop-Collector 4 "$($State['server']) no longer takes this host's key; enrol again with -EnrollToken. The report is kept."
    }
    elseif ($status -eq 0 -or $status -eq 408 -or $status -eq 429 -or $status -ge 500) {
      Stop-Collector 7 "$($State['server']) cannot take the report now (HTTP $status); it is kept and sent with the next run"
    }
    else {
      Write-StateFile -Path (Join-Path -Path $Directory -ChildPath 'rejected.json') -Text $body
      Remove-StateFile $file.FullName
      $refused = "$($State['server']) refused a report (HTTP $status), kept as rejected.json: $(ConvertTo-PlainText $answer['text'] 300)"
    }
  }
  if ($refused -ne '') {
    Stop-Collector 5 $refused
  }
}

# ---------------------------------------------------------------- commands
function Get-ReadList {
  return @'
WMI root/Microsoft/Windows/Storage: MSFT_Disk, MSFT_Partition, MSFT_Volume (free space); Get-StorageSetting
WMI root/cimv2: Win32_ComputerSystem, Win32_ComputerSystemProduct, Win32_OperatingSystem, Win32_Volume, Win32_DiskDrive, Win32_QuickFixEngineering
HKLM\SYSTEM\CurrentControlSet\Services\partmgr\Parameters, ...\MountMgr, HKLM\SYSTEM\MountedDevices
HKLM\HARDWARE\DEVICEMAP\Scsi\...\DeviceIdentifierPage (VPD page 0x83)
HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion, HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU
HKLM\...\Component Based Servicing\RebootPending, ...\Auto Update\RebootRequired, Session Manager, ComputerName
Windows Update agent: search IsInstalled=0 (offline unless -OnlineScan), history, time of the last search
%SystemRoot%\System32\Recovery\ReAgent.xml, %ProgramData%\Microsoft\Group Policy\History\...\Registry.xml
HKLM\SOFTWARE\Veeam\Veeam Backup and Replication (CorePath), version of its Veeam.Backup.Core.dll, service VeeamBackupSvc
Veeam.Backup.PowerShell, if it is here: Get-VBRViProxy
Writes: its state directory (%ProgramData%\Lunwarden) and the file that -OutFile names;
  with -Register also %ProgramFiles%\Lunwarden and its scheduled task.
'@
}

if ($PrintReadList) {
  Get-ReadList
  exit 0
}
if ($WhatIfPreference) {
  Get-ReadList
  $where = $OutFile
  if ($where -eq '') {
    $where = "the server this host is enrolled with $Server"
  }
  Write-Output "Would send to: $where"
  exit 0
}

# cmd.exe hands single quotes of a pasted command over as they are.
$Server = $Server.Trim([char]39)
$EnrollToken = $EnrollToken.Trim([char]39)
if (($Register -or $Unregister) -and -not (Test-Elevated)) {
  Stop-Collector 2 '-Register and -Unregister need an elevated PowerShell'
}
if ($Unregister) {
  Uninstall-Collector
  exit 0
}

$directory = Get-StateDirectory
try {
  $state = Get-State -Directory $directory
}
catch {
  Stop-Collector 3 "cannot use the state directory ${directory}: $($_.Exception.Message)"
}
if ($state['isClone']) {
  Stop-Collector 6 "$directory was made on another machine; if this is a clone, enrol it with -EnrollToken"
}
if ($EnrollToken -ne '') {
  Register-Host $state
}
if ($Register) {
  Install-Collector
}
if ($EnrollToken -ne '' -or $Register) {
  exit 0
}
if ($OutFile -eq '' -and -not $SelfTest -and [string]$state['key'] -eq '') {
  Stop-Collector 4 'this host is not enrolled; use -Server and -EnrollToken, or -OutFile'
}

Save-State $state
$began = Get-UptimeMs
$report = Get-Report -State $state
if ($SelfTest) {
  foreach ($run in $report['collectors']) {
    Write-Output ('{0,-12} {1}' -f $run['status'], $run['name'])
  }
  exit 0
}
$json = ConvertTo-Json -Compress -Depth 12 -InputObject $report
if ($OutFile -ne '') {
  $target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutFile)
  Write-StateFile -Path $target -Text (Join-Report -Body $json -AgeMs 0 -Dropped ([int]$state['dropped']))
  exit 0
}
if ($Server -ne '') {
  $state['server'] = $Server
}
Assert-Server $state['server']
Add-ToSpool -Directory $directory -State $state -Body $json -Began $began
Send-Spool -Directory $directory -State $state
exit 0
